package io.tickformer.job;

import io.tickformer.kafka.SecretMasking;
import io.tickformer.kafka.SecretReferences;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads raw settings from a YAML file and from command-line arguments, which take precedence.
 *
 * <p>Names in a file are nested ({@code tick:} with {@code length:} below) or full ({@code
 * tick.length:}). Arguments are {@code --tick.length 1h} or {@code --tick.length=1h}. {@code
 * --config FILE} is the file.
 */
final class SettingsReader {
    private static final String CONFIG = "config";
    private static final int MOST_BYTES = 1 << 20;

    private SettingsReader() {}

    /**
     * Reads the settings in arguments and in the file that they name, in order.
     *
     * @throws OptionException if an argument is not a setting, or the file cannot be read
     */
    static Map<String, String> read(String... arguments) {
        Map<String, String> given = fromArguments(arguments);
        given.forEach(SettingsReader::requireNoSecret);
        String file = given.remove(CONFIG);
        if (file == null) {
            return given;
        }
        Map<String, String> settings =
                YamlSettings.read(file, FlinkFiles.read("config", file, MOST_BYTES));
        settings.putAll(given);
        return settings;
    }

    /** Other users of the machine can read arguments, and Flink logs the arguments of a job. */
    private static void requireNoSecret(String name, String value) {
        if (JobSettings.isSecret(name) && !value.isEmpty() && !SecretReferences.areIn(value)) {
            throw new OptionException(
                    ("--%s is a secret, and other users can read arguments; set it in the file of"
                                    + " --config, or use a reference: --%s '${env:NAME}' or"
                                    + " '${file:PATH}'")
                            .formatted(name, name));
        }
    }

    private static Map<String, String> fromArguments(String... arguments) {
        Map<String, String> settings = new LinkedHashMap<>();
        Iterator<String> remaining = List.of(arguments).iterator();
        while (remaining.hasNext()) {
            String argument = remaining.next();
            if (!argument.startsWith("--") || argument.length() == 2) {
                throw OptionException.invalid(
                        "an argument",
                        // It may be a part of a setting that was not quoted for the shell.
                        SecretMasking.isSecret(argument)
                                ? SecretMasking.HIDDEN
                                : "'" + argument + "'",
                        "--config FILE or --SETTING VALUE");
            }
            int equals = argument.indexOf('=');
            if (equals >= 0) {
                settings.put(argument.substring(2, equals), argument.substring(equals + 1));
            } else {
                settings.put(argument.substring(2), valueAfter(argument, remaining));
            }
        }
        return settings;
    }

    private static String valueAfter(String name, Iterator<String> remaining) {
        String value = remaining.hasNext() ? remaining.next() : "--";
        if (value.startsWith("--")) {
            throw new OptionException("%s has no value; expected %s VALUE".formatted(name, name));
        }
        return value;
    }
}
