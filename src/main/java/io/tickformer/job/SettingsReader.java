package io.tickformer.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickformer.kafka.References;
import io.tickformer.kafka.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Reads settings as text from a YAML file and from command-line arguments, which win.
 *
 * <p>A file may nest ({@code tick:} with {@code length:} below) or write names whole ({@code
 * tick.length:}). Arguments are {@code --tick.length 1h} or {@code --tick.length=1h}; {@code
 * --config FILE} names the file.
 */
final class SettingsReader {
    private static final String CONFIG = "config";
    private static final YAMLMapper YAML =
            YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

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
        Map<String, String> settings = fromYaml(file, FlinkFiles.read("config", file));
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

    private static Map<String, String> fromYaml(String file, byte[] text) {
        JsonNode root;
        try {
            root = YAML.readTree(new String(text, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new OptionException(
                    "%s is no YAML: %s (line %d)"
                            .formatted(
                                    file,
                                    e.getOriginalMessage().lines().findFirst().orElse(""),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    e);
        }
        Map<String, String> settings = new LinkedHashMap<>();
        if (root == null || root.isMissingNode() || root.isNull()) {
            return settings;
        }
        if (!root.isObject()) {
            throw new OptionException(file + " holds no settings; expected lines of NAME: VALUE");
        }
        flatten(file, "", root, settings);
        return settings;
    }

    private static void flatten(
            String file, String prefix, JsonNode node, Map<String, String> settings) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix.isEmpty() ? field.getKey() : prefix + '.' + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(file, name, value, settings);
            } else if (settings.put(name, text(value)) != null) {
                throw new OptionException("%s sets %s twice".formatted(file, name));
            }
        }
    }

    private static String text(JsonNode value) {
        if (!value.isArray()) {
            return value.isNull() ? "" : value.asText();
        }
        StringJoiner items = new StringJoiner(",");
        value.forEach(item -> items.add(item.asText()));
        return items.toString();
    }
}
