package io.tickformer.kafka.decode;

import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;

/** Reads the values of records of one form. */
public interface PayloadReader {
    /**
     * Decodes a record's value.
     *
     * @throws UndecodableException if the bytes do not have the form
     * @throws UnknownSchemaException if the registry knows no such schema
     * @throws RegistryException if the registry cannot be asked; no fault of the record
     */
    Payload read(byte[] value)
            throws UndecodableException, UnknownSchemaException, RegistryException;
}
