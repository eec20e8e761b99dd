package io.tickformer.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * The response of a schema registry to a request for a schema.
 *
 * @param text the text of the schema
 * @param references the schemas that it references, by their names in the registry
 */
@Internal
public record RegisteredSchema(String text, List<Reference> references) {
    /** A version of a subject. */
    record Reference(String subject, int version) {}

    /** Reads a response; empty if it has no schema. */
    public static Optional<RegisteredSchema> of(JsonNode answer) {
        JsonNode text = answer.path("schema");
        if (!text.isTextual()) {
            return Optional.empty();
        }
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : answer.path("references")) {
            references.add(
                    new Reference(
                            reference.path("subject").asText(), reference.path("version").asInt()));
        }
        return Optional.of(new RegisteredSchema(text.textValue(), references));
    }

    /**
     * Parses schemas, each of which may use the names of those before it, and returns the last one.
     *
     * @throws UnknownSchemaException if one is not an Avro schema; {@code id} names it in the
     *     message
     */
    public static Schema parse(int id, List<String> texts) throws UnknownSchemaException {
        try {
            Schema.Parser parser = new Schema.Parser();
            Schema schema = null;
            for (String text : texts) {
                schema = parser.parse(text);
            }
            return schema;
        } catch (RuntimeException | StackOverflowError e) {
            // Avro reports an invalid schema by many kinds of exceptions, not only its own.
            throw new UnknownSchemaException(id, e);
        }
    }
}
