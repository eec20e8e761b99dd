package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.ErrorText;

/** The registry has no schema with this id, or it is not an Avro schema. */
@Internal
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(int schemaId) {
        super("the schema registry has no schema with id " + schemaId);
    }

    UnknownSchemaException(int schemaId, Throwable cause) {
        super(
                "the schema registry has no Avro schema with id %d: %s"
                        .formatted(schemaId, ErrorText.shorten(String.valueOf(cause.getMessage()))),
                cause);
    }

    UnknownSchemaException(int schemaId, RegisteredSchema.Reference missing) {
        super(
                "schema %d references version %d of %s, which the schema registry does not have"
                        .formatted(schemaId, missing.version(), missing.subject()));
    }
}
