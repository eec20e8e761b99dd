package io.tickformer.kafka.encode;

import io.tickformer.kafka.registry.ConfluentFrame;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/** Writes the fields of an event as Avro in the Confluent wire format. */
final class AvroEventFields implements EventFields {
    /** Positions in the union of null and a number. */
    private static final int NULL = 0;

    private static final int PRESENT = 1;

    private final Schema schema;
    private final byte[] header;
    private final AvroBinaryEncoder out = new AvroBinaryEncoder();

    AvroEventFields(Schema schema, int schemaId) {
        this.schema = schema;
        this.header = ConfluentFrame.header(schemaId);
    }

    /** Encodes an event. */
    <T> byte[] encode(T event, BiConsumer<T, EventFields> fields) {
        out.clear();
        out.writeRaw(header);
        fields.accept(event, this);
        return out.toByteArray();
    }

    @Override
    public void text(String name, String value) {
        out.writeString(value);
    }

    @Override
    public void whole(String name, long value) {
        out.writeLong(value);
    }

    @Override
    public void flag(String name, boolean value) {
        out.writeBoolean(value);
    }

    @Override
    public void number(String name, double value) {
        out.writeDouble(value);
    }

    @Override
    public void optional(String name, double value) {
        boolean isPresent = Double.isFinite(value);
        out.writeLong(isPresent ? PRESENT : NULL);
        if (isPresent) {
            out.writeDouble(value);
        }
    }

    @Override
    public void numbers(String name, double[] values) {
        out.writeDoubles(values, 0, values.length);
    }

    @Override
    public void symbol(String name, Enum<?> value) {
        out.writeLong(schema.getField(name).schema().getEnumOrdinal(value.name()));
    }

    @Override
    public void numbers(String name, Map<String, Double> values) {
        // A map is written like an array of its entries.
        out.startArray(values.size());
        for (Map.Entry<String, Double> each : values.entrySet()) {
            out.writeString(each.getKey());
            out.writeDouble(each.getValue());
        }
        out.endArray();
    }

    @Override
    public <T> void list(String name, List<T> items, BiConsumer<T, EventFields> fields) {
        out.startArray(items.size());
        for (T item : items) {
            fields.accept(item, this);
        }
        out.endArray();
    }
}
