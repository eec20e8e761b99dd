package io.tickformer.kafka.issued;

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

/**
 * Decodes Avro in the Confluent wire format. Other versions of the schema are resolved. Not
 * thread-safe.
 */
final class RegisteredAvroDecoder {
    private final SchemaRegistryClient registry;
    private final Schema schema;
    private final Map<Integer, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /**
     * @param schema the schema of the returned records
     */
    RegisteredAvroDecoder(RegistrySettings registry, Schema schema) {
        this.registry = new SchemaRegistryClient(registry);
        this.schema = schema;
    }

    GenericRecord decode(byte[] value)
            throws UndecodableException, UnknownSchemaException, IOException {
        int id = ConfluentFrame.schemaId(value);
        GenericDatumReader<GenericRecord> reader = readers.get(id);
        if (reader == null) {
            reader = new GenericDatumReader<>(registry.schema(id), schema);
            readers.put(id, reader);
        }
        int header = ConfluentFrame.HEADER_LENGTH;
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, header, value.length - header, null);
        return reader.read(null, decoder);
    }
}
