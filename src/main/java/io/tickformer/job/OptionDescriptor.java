package io.tickformer.job;

import io.tickformer.kafka.SecretMasking;
import io.tickformer.kafka.SecretReferenceException;
import io.tickformer.kafka.SecretReferences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.apache.flink.util.TimeUtils;

/**
 * A setting with its type, which Flink's option does not expose.
 *
 * @param option the option
 * @param type the type of its value, or of its items if it is a list
 * @param list whether its value is a list
 * @param secret whether its value is never shown
 */
record OptionDescriptor(ConfigOption<?> option, Class<?> type, boolean list, boolean secret) {
    private static final Map<Class<?>, String> WORDS =
            Map.of(
                    String.class, "text",
                    Integer.class, "a whole number",
                    Double.class, "a number",
                    Boolean.class, "true or false",
                    Duration.class, "a duration such as 15 min, 10 s or 500 ms",
                    MemorySize.class, "a size such as 512 mb or 4 gb");

    String key() {
        return option.key();
    }

    String description() {
        return new HtmlFormatter().format(option.description());
    }

    /** A given value for messages, with secrets hidden. */
    String shown(String text) {
        return secret ? SecretMasking.HIDDEN : SecretMasking.withoutUser(text);
    }

    /** Describes valid values. */
    String expected() {
        String item = type.isEnum() ? "one of " + String.join(", ", constants()) : WORDS.get(type);
        return list ? "a list, separated by commas, each item " + item : item;
    }

    /** The default as written in a file; empty if there is none. */
    String defaultText() {
        return option.hasDefaultValue() ? text(option.defaultValue()) : "";
    }

    /** A value as written in a file. */
    static String text(Object value) {
        if (value instanceof List<?> items) {
            StringJoiner joined = new StringJoiner(", ");
            for (Object item : items) {
                joined.add(text(item));
            }
            return joined.toString();
        }
        if (value instanceof Duration duration) {
            return TimeUtils.formatWithHighestUnit(duration);
        }
        return value instanceof Enum<?> constant ? written(constant) : value.toString();
    }

    /**
     * Puts a value into a configuration, with references resolved. References in a secret stay and
     * are resolved by the process that uses it.
     *
     * @throws OptionException if the text is not a value of this type, or a reference cannot be
     *     resolved
     */
    void put(String text, Configuration configuration) {
        configuration.setString(key(), forFlink(secret ? text : resolved(key(), text)));
        try {
            configuration.get(option);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new OptionException(
                    "%s is '%s'; expected %s".formatted(key(), shown(text), expected()), e);
        }
    }

    /**
     * Resolves the references in a text.
     *
     * @throws OptionException if a reference cannot be resolved
     */
    static String resolved(String setting, String text) {
        try {
            return SecretReferences.resolve(text);
        } catch (SecretReferenceException e) {
            throw new OptionException("%s: %s".formatted(setting, e.getMessage()), e);
        }
    }

    // Flink separates list items by semicolons and expects the Java names of constants.
    private String forFlink(String text) {
        if (!list) {
            return type.isEnum() ? constant(text) : text;
        }
        String inner =
                text.startsWith("[") && text.endsWith("]")
                        ? text.substring(1, text.length() - 1)
                        : text;
        StringJoiner items = new StringJoiner(";");
        for (String item : inner.split("[,;]", -1)) {
            if (!item.isBlank()) {
                items.add(item.strip());
            }
        }
        return items.toString();
    }

    private static String constant(String text) {
        return text.strip().toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private List<String> constants() {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(written((Enum<?>) constant));
        }
        return names;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
