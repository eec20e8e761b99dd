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
 * Reads settings as text from YAML: one document of names and values, nested or with whole names. A
 * value is a scalar or a list of scalars; whatever else YAML has, anchors and aliases among it, is
 * refused, as it would otherwise be read as something that nobody wrote.
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
     * The settings in a file, by whole name, in order.
     *
     * @param file for messages
     * @throws OptionException if it is no such file
     */
    static Map<String, String> read(String file, byte[] content) {
        String text = Utf8Text.of(file, content);
        JsonNode root;
        try {
            requirePlain(file, text);
            root = YAML.readTree(text);
        } catch (JsonProcessingException e) {
            throw new OptionException(
                    "%s is no YAML: %s (line %d)"
                            .formatted(
                                    file,
                                    e.getOriginalMessage().lines().findFirst().orElse(""),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
                    e);
        } catch (IOException e) {
            throw new OptionException("%s is no YAML: %s".formatted(file, e.getMessage()), e);
        }
        YamlSettings reading = new YamlSettings(file);
        if (root == null || root.isMissingNode() || root.isNull()) {
            return reading.settings;
        }
        if (!root.isObject()) {
            throw new OptionException(file + " holds no settings; expected lines of NAME: VALUE");
        }
        reading.flatten("", root);
        return reading.settings;
    }

    /** The tree would hold the name of an alias in place of what it stands for. */
    private static void requirePlain(String file, String text) throws IOException {
        try (YAMLParser parser = YAML.getFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                    throw new OptionException(
                            "%s: line %d: an anchor (&) or alias (*) stands there; write the value itself, in quotes where it begins with such a sign"
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
                        "%s: an item of the list %s is no plain value; expected a list of texts or numbers"
                                .formatted(file, name));
            }
            items.add(item.asText());
        }
        return items.toString();
    }
}
