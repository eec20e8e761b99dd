package io.tickformer.cli.card;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.SecretMasking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Reproduces a command line for a shell: every given option, and options that must not depend on
 * defaults. Values that look like secrets are left out.
 */
@Internal
public final class CommandText {
    static final String LEFT_OUT = "<left out>";

    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    private static final Pattern USER_OF_URL = Pattern.compile("(?<=://)[^/@\\s]+@");

    private CommandText() {}

    /**
     * The command line of a parsed command.
     *
     * @param without options to leave out because they do not change the result
     * @param always options with values to add if they were not given
     */
    public static String of(ParseResult parsed, Set<String> without, Map<String, String> always) {
        Map<String, String> missing = new LinkedHashMap<>(always);
        List<String> words = new ArrayList<>();
        words.add("./tickformer");
        words.add(parsed.commandSpec().name());
        for (OptionSpec option : parsed.matchedOptions()) {
            String name = option.longestName();
            missing.remove(name);
            if (without.contains(name)) {
                continue;
            }
            if (option.arity().max() == 0) {
                words.add(name);
            } else {
                for (String value : option.originalStringValues()) {
                    words.add(name);
                    words.add(quoted(told(name, value)));
                }
            }
        }
        addSettings(parsed.unmatched(), words);
        missing.forEach(
                (name, value) -> {
                    words.add(name);
                    words.add(quoted(value));
                });
        return wrapped(words);
    }

    /** Adds settings of the job, {@code --name=value} or {@code --name value}. */
    private static void addSettings(List<String> settings, List<String> words) {
        String name = "";
        for (String word : settings) {
            int equals = word.indexOf('=');
            if (!word.startsWith("--")) {
                words.add(quoted(told(name, word)));
            } else {
                name = equals < 0 ? word : word.substring(0, equals);
                words.add(
                        equals < 0
                                ? name
                                : quoted(name + '=' + told(name, word.substring(equals + 1))));
            }
        }
    }

    /** The value without secrets and local paths. */
    private static String told(String name, String value) {
        if (SecretMasking.looksSecret(name)) {
            return LEFT_OUT;
        }
        int equals = value.indexOf('=');
        if (equals > 0 && SecretMasking.looksSecret(value.substring(0, equals))) {
            return value.substring(0, equals + 1) + LEFT_OUT;
        }
        return LocalPaths.shorten(USER_OF_URL.matcher(value).replaceAll(""));
    }

    private static String quoted(String word) {
        if (PLAIN.matcher(word).matches()) {
            return word;
        }
        if (word.chars().noneMatch(Character::isISOControl)) {
            return "'" + word.replace("'", "'\\''") + "'";
        }
        StringBuilder escaped = new StringBuilder("$'");
        for (int i = 0; i < word.length(); i++) {
            char sign = word.charAt(i);
            if (Character.isISOControl(sign)) {
                escaped.append(String.format(Locale.ROOT, "\\x%02x", (int) sign));
            } else {
                escaped.append(sign == '\'' || sign == '\\' ? "\\" : "").append(sign);
            }
        }
        return escaped.append('\'').toString();
    }

    /** Puts each option on its own line if the command is too long for one line. */
    private static String wrapped(List<String> words) {
        String line = String.join(" ", words);
        if (line.length() <= 100) {
            return line;
        }
        StringBuilder lines = new StringBuilder(words.get(0) + " " + words.get(1));
        for (String word : words.subList(2, words.size())) {
            lines.append(word.startsWith("--") ? " \\\n    " : " ").append(word);
        }
        return lines.toString();
    }
}
