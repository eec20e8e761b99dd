package io.tickformer.kafka.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.kafka.registry.MessageText;
import io.tickformer.kafka.registry.UndecodableException;
import java.io.IOException;

/** Reads JSON objects. A name that itself holds dots is found before a nested field is. */
public final class JsonPayloadReader implements PayloadReader {
    // A bare NaN is no JSON, but many producers write it; it gets the reason that fits it best.
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    // Of two values under one name nobody knows which was measured.
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    @Override
    public Payload read(byte[] value) throws UndecodableException {
        JsonNode root;
        try {
            root = MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UndecodableException("the value is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UndecodableException("the value is no JSON: " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new UndecodableException(
                    "the value is a JSON %s; expected an object"
                            .formatted(MessageText.lowerCase(root.getNodeType().name())));
        }
        return new JsonPayload(root);
    }

    private record JsonPayload(JsonNode root) implements Payload {
        @Override
        public Object get(FieldPath path) {
            JsonNode node = root.get(path.text());
            if (node == null) {
                node = root;
                for (String step : path.steps()) {
                    node = node == null ? null : node.get(step);
                }
            }
            if (node == null) {
                return ABSENT;
            }
            return switch (node.getNodeType()) {
                case NULL, MISSING -> null;
                case NUMBER -> node.numberValue();
                case STRING -> node.textValue();
                case BOOLEAN -> node.booleanValue();
                case ARRAY, OBJECT, BINARY, POJO -> node;
            };
        }

        @Override
        public String fieldNames() {
            StringBuilder names = new StringBuilder();
            root.fieldNames()
                    .forEachRemaining(
                            name -> names.append(names.isEmpty() ? "" : ", ").append(name));
            return MessageText.shorten(names.toString());
        }
    }
}
