package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.ErrorText;
import io.tickformer.kafka.registry.BoundedAvroDecoder;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/** Reads Avro records in the Confluent wire format, each with its writer schema. */
@Internal
public final class AvroPayloadReader implements PayloadReader {
    /** Finds schemas by id. */
    public interface Schemas {
        Schema schema(int id) throws UnknownSchemaException, RegistryException;
    }

    private final Schemas schemas;
    private final BoundedGenericData data = new BoundedGenericData();
    private final Map<Integer, GenericDatumReader<Object>> readers = new HashMap<>();

    public AvroPayloadReader(Schemas schemas) {
        this.schemas = schemas;
        data.addLogicalTypeConversion(new Conversions.DecimalConversion());
        data.addLogicalTypeConversion(new TimeConversions.DateConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.TimestampNanosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMillisConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampMicrosConversion());
        data.addLogicalTypeConversion(new TimeConversions.LocalTimestampNanosConversion());
    }

    @Override
    public Payload read(byte[] value)
            throws UndecodableException, UnknownSchemaException, RegistryException {
        int id = ConfluentFrame.schemaId(value);
        GenericDatumReader<Object> reader = readers.get(id);
        if (reader == null) {
            Schema schema = schemas.schema(id);
            if (schema.getType() != Schema.Type.RECORD) {
                throw new UndecodableException(
                        "schema %d is of type %s; expected a record"
                                .formatted(id, ErrorText.lowerCase(schema.getType().name())));
            }
            reader = new GenericDatumReader<>(schema, schema, data);
            readers.put(id, reader);
        }
        return new AvroPayload((IndexedRecord) decode(reader, id, value));
    }

    // Avro reports broken bytes by many kinds of exceptions, not only its own. A recursive record
    // can nest as deep as it has bytes.
    private Object decode(GenericDatumReader<Object> reader, int id, byte[] value)
            throws UndecodableException {
        int header = ConfluentFrame.HEADER_LENGTH;
        BoundedAvroDecoder decoder = new BoundedAvroDecoder(value, header, value.length - header);
        data.limit = value.length;
        boolean whole;
        Object record;
        try {
            record = reader.read(null, decoder);
            whole = decoder.isEnd();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new UndecodableException(
                    "the value does not fit schema %d: %s".formatted(id, ErrorText.shorten(why)),
                    e);
        }
        if (!whole) {
            throw new UndecodableException(
                    "the value goes on after the end of a record of schema " + id);
        }
        return record;
    }

    /** Rejects a fixed type that the schema declares larger than the whole value. */
    private static final class BoundedGenericData extends GenericData {
        private int limit;

        @Override
        public Object createFixed(Object old, Schema schema) {
            if (schema.getFixedSize() > limit) {
                throw new AvroRuntimeException(
                        "a fixed of %d bytes in a value of %d bytes"
                                .formatted(schema.getFixedSize(), limit));
            }
            return super.createFixed(old, schema);
        }
    }

    private record AvroPayload(IndexedRecord root) implements Payload {
        @Override
        public Object get(FieldPath path) {
            Object node = root;
            for (String step : path.steps()) {
                node = child(node, step);
            }
            return node instanceof GenericEnumSymbol<?> symbol ? symbol.toString() : node;
        }

        private static Object child(Object node, String name) {
            if (node instanceof GenericRecord record) {
                Schema.Field field = field(record.getSchema(), name);
                return field == null ? ABSENT : record.get(field.pos());
            }
            if (node instanceof Map<?, ?> map) {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    if (name.contentEquals((CharSequence) entry.getKey())) {
                        return entry.getValue();
                    }
                }
            }
            return ABSENT;
        }

        /** Finds a field by name or by alias. */
        private static Schema.Field field(Schema schema, String name) {
            Schema.Field field = schema.getField(name);
            if (field == null) {
                for (Schema.Field renamed : schema.getFields()) {
                    if (renamed.aliases().contains(name)) {
                        return renamed;
                    }
                }
            }
            return field;
        }

        @Override
        public String fieldNames() {
            StringJoiner names = new StringJoiner(", ");
            for (Schema.Field field : root.getSchema().getFields()) {
                names.add(field.name());
            }
            return ErrorText.shorten(names.toString());
        }
    }
}
