package io.tickformer.job;

import io.tickformer.kafka.References;
import io.tickformer.kafka.Secrets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads settings as text from a YAML file and from command-line arguments, which win.
 *
 * <p>A file may nest ({@code tick:} with {@code length:} below) or write names whole ({@code
 * tick.length:}). Arguments are {@code --tick.length 1h} or {@code --tick.length=1h}; {@code
 * --config FILE} names the file.
 */
final class SettingsReader {
    private static final String CONFIG = "config";
    private static final int MOST_BYTES = 1 << 20;

    private SettingsReader() {}

    /**
     * The settings of some arguments and the file that they name, in order.
     *
     * @throws OptionException if an argument is no setting, or the file cannot be read
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

    /** Other users of the machine can read arguments, and Flink logs those of a job. */
    private static void requireNoSecret(String name, String value) {
        if (JobSettings.isSecret(name) && !value.isEmpty() && !References.areIn(value)) {
            throw new OptionException(
                    "--%s holds a secret, and arguments can be read by others; write it in the file that --config names, or give --%s '${env:NAME}' or '${file:PATH}'"
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
                        // A piece of a setting, perhaps, that was not quoted for the shell.
                        Secrets.isSecret(argument) ? Secrets.HIDDEN : "'" + argument + "'",
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
