package io.tickformer.kafka;

/** A schema id that the registry does not know. */
public final class UnknownSchemaException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnknownSchemaException(int schemaId) {
        super("the schema registry knows no schema with id " + schemaId);
    }
}
