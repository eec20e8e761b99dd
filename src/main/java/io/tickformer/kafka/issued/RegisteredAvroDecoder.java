package io.tickformer.kafka.issued;

import io.tickformer.annotation.Nullable;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/** Decodes Avro in the Confluent wire format. Not thread-safe. */
final class RegisteredAvroDecoder {
    private final SchemaRegistryClient registry;
    @Nullable private final Schema schema; // null for that of the writer
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /**
     * Resolves other versions of a schema.
     *
     * @param schema the schema of the returned records
     */
    RegisteredAvroDecoder(RegistrySettings registry, Schema schema) {
        this.registry = new SchemaRegistryClient(registry);
        this.schema = schema;
    }

    /** Returns records as they were written. */
    RegisteredAvroDecoder(RegistrySettings registry) {
        this.registry = new SchemaRegistryClient(registry);
        this.schema = null;
    }

    GenericRecord decode(byte[] value)
            throws UndecodableException, UnknownSchemaException, IOException {
        int id = ConfluentFrame.schemaId(value);
        GenericDatumReader<GenericRecord> reader = readers.get(id);
        if (reader == null) {
            Schema written = registry.schema(id);
            reader = new GenericDatumReader<>(written, schema == null ? written : schema);
            readers.put(id, reader);
        }
        int header = ConfluentFrame.HEADER_LENGTH;
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, header, value.length - header, null);
        return reader.read(null, decoder);
    }
}
