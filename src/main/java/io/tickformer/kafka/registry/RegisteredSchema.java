package io.tickformer.kafka.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What a schema registry answers to the question for a schema.
 *
 * @param text the schema's own text
 * @param references the schemas that it refers to, as they are named in the registry
 */
public record RegisteredSchema(String text, List<Reference> references) {
    /** A version of a subject. */
    record Reference(String subject, int version) {}

    /** Reads an answer; empty if it holds no schema. */
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
     * The Avro schema of some texts, of which each may use the names of those before it.
     *
     * @throws UnknownSchemaException if one is no Avro schema; {@code id} names it in the message
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
            // Avro tells a text that is no schema by many kinds of exceptions, not all its own.
            throw new UnknownSchemaException(id, e);
        }
    }
}
