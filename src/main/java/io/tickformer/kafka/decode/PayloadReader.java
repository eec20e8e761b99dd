package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;

/** Reads the values of records of one format. */
@Internal
public interface PayloadReader {
    /**
     * Decodes a record's value.
     *
     * @throws UndecodableException if the bytes do not have this format
     * @throws UnknownSchemaException if the registry does not have the schema
     * @throws RegistryException if a request to the registry fails; the record is not to blame
     */
    Payload read(byte[] value)
            throws UndecodableException, UnknownSchemaException, RegistryException;
}
