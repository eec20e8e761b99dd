package io.tickformer.job;

import io.tickformer.kafka.ReferenceException;
import io.tickformer.kafka.References;
import io.tickformer.kafka.Secrets;
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
 * A setting, with the type that Flink's option keeps to itself.
 *
 * @param option the option
 * @param type the type of its value, or of the items of its value
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

    /** A text that was given for it, as it may be shown. */
    String shown(String text) {
        return secret ? Secrets.HIDDEN : Secrets.withoutUser(text);
    }

    /** What a value looks like, in words. */
    String expected() {
        String item = type.isEnum() ? "one of " + String.join(", ", constants()) : WORDS.get(type);
        return list ? "a list, separated by commas, each item " + item : item;
    }

    /** The default as it would be written in a file; empty where there is none. */
    String defaultText() {
        return option.hasDefaultValue() ? text(option.defaultValue()) : "";
    }

    /** A value as it would be written in a file. */
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
     * Puts a value into a configuration. References in it are resolved, but for those of a secret,
     * which are left to whoever uses it.
     *
     * @throws OptionException if the text is no value of this type, or a reference in it stands for
     *     nothing
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
     * A text with what its references stand for.
     *
     * @throws OptionException if one stands for nothing
     */
    static String resolved(String setting, String text) {
        try {
            return References.resolve(text);
        } catch (ReferenceException e) {
            throw new OptionException("%s: %s".formatted(setting, e.getMessage()), e);
        }
    }

    // Flink separates the items of a list by semicolons and knows constants by their Java names.
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
