package io.tickformer.kafka.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.kafka.ErrorText;
import io.tickformer.kafka.registry.UndecodableException;
import java.io.IOException;

/** Reads JSON objects. A field name that contains dots takes precedence over a nested field. */
@Internal
public final class JsonPayloadReader implements PayloadReader {
    // A bare NaN is not valid JSON, but many producers write it. It is read, to be rejected as not
    // finite.
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    // With two values under one name it is unknown which one was measured.
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .build();

    @Override
    public Payload read(byte[] value) throws UndecodableException {
        JsonNode root;
        try {
            root = MAPPER.readTree(value);
        } catch (JsonProcessingException e) {
            throw new UndecodableException("the value is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UndecodableException("the value is not JSON: " + e.getMessage(), e);
        }
        if (!root.isObject()) {
            throw new UndecodableException(
                    "the value is a JSON %s; expected an object"
                            .formatted(ErrorText.lowerCase(root.getNodeType().name())));
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
            return ErrorText.shorten(names.toString());
        }
    }
}
