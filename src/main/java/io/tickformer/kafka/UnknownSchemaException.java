package io.tickformer.kafka;

/** A schema id that the registry does not know, or under which it has no Avro schema. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(int schemaId) {
        super("the schema registry knows no schema with id " + schemaId);
    }

    UnknownSchemaException(int schemaId, RuntimeException cause) {
        super(
                "the schema registry has no Avro schema with id %d: %s"
                        .formatted(schemaId, Texts.shorten(String.valueOf(cause.getMessage()))),
                cause);
    }
}
