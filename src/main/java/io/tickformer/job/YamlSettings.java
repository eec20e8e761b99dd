package io.tickformer.job;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Reads raw settings from YAML: one document of names and values, with nested or full names. A
 * value is a scalar or a list of scalars. Other YAML features, such as anchors and aliases, are
 * rejected, because they would silently change values.
 */
final class YamlSettings {
    private static final YAMLMapper YAML =
            YAMLMapper.builder()
                    .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String file;
    private final Map<String, String> settings = new LinkedHashMap<>();

    private YamlSettings(String file) {
        this.file = file;
    }

    /**
     * Reads the settings in a file, by full name, in order.
     *
     * @param file name for messages
     * @throws OptionException if the content is invalid
     */
    static Map<String, String> read(String file, byte[] content) {
        String text = Utf8Text.of(file, content);
        JsonNode root;
        try {
            requirePlain(file, text);
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new OptionException(
                    "%s is not valid YAML: %s (line %d)"
                            .formatted(
                                    file,
                                    e.getOriginalMessage().lines().findFirst().orElse(""),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    e);
        } catch (IOException e) {
            throw new OptionException(
                    "%s is not valid YAML: %s".formatted(file, e.getMessage()), e);
        }
        YamlSettings reading = new YamlSettings(file);
        if (root == null || root.isMissingNode() || root.isNull()) {
            return reading.settings;
        }
        if (!root.isObject()) {
            throw new OptionException(file + " has no settings; expected lines of NAME: VALUE");
        }
        reading.flatten("", root);
        return reading.settings;
    }

    /** The parsed tree would contain the name of an alias instead of its value. */
    private static void requirePlain(String file, String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                    throw new OptionException(
                            ("%s: line %d: anchors (&) and aliases (*) are not supported; write the"
                                            + " value itself, in quotes if it begins with such a"
                                            + " sign")
                                    .formatted(file, parser.currentTokenLocation().getLineNr()));
                }
            }
        }
    }

    private void flatten(String prefix, JsonNode node) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix.isEmpty() ? field.getKey() : prefix + '.' + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject()) {
                flatten(name, value);
            } else if (settings.put(name, text(name, value)) != null) {
                throw new OptionException("%s sets %s twice".formatted(file, name));
            }
        }
    }

    private String text(String name, JsonNode value) {
        if (!value.isArray()) {
            return value.isNull() ? "" : value.asText();
        }
        StringJoiner items = new StringJoiner(",");
        for (JsonNode item : value) {
            if (!item.isValueNode() || item.isNull()) {
                throw new OptionException(
                        ("%s: an item of the list %s is not a plain value; expected a list of texts"
                                        + " or numbers")
                                .formatted(file, name));
            }
            items.add(item.asText());
        }
        return items.toString();
    }
}
