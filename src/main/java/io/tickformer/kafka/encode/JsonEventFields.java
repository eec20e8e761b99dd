package io.tickformer.kafka.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes the fields of an event as a JSON object. Numbers that are not finite are null. */
final class JsonEventFields implements EventFields {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator json;

    private JsonEventFields(JsonGenerator json) {
        this.json = json;
    }

    /** Encodes an event. */
    static <T> byte[] encode(T event, BiConsumer<T, EventFields> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            fields.accept(event, new JsonEventFields(json));
            json.writeEndObject();
        } catch (IOException e) {
            throw cannotFail(e);
        }
        return out.toByteArray();
    }

    private static UncheckedIOException cannotFail(IOException e) {
        return new UncheckedIOException("memory cannot fail", e);
    }

    @Override
    public void text(String name, String value) {
        try {
            json.writeStringField(name, value);
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    @Override
    public void whole(String name, long value) {
        try {
            json.writeNumberField(name, value);
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    @Override
    public void flag(String name, boolean value) {
        try {
            json.writeBooleanField(name, value);
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    @Override
    public void number(String name, double value) {
        optional(name, value);
    }

    @Override
    public void optional(String name, double value) {
        try {
            json.writeFieldName(name);
            number(value);
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    private void number(double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    @Override
    public void numbers(String name, double[] values) {
        try {
            json.writeArrayFieldStart(name);
            for (double value : values) {
                number(value);
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    @Override
    public void symbol(String name, Enum<?> value) {
        text(name, value.name());
    }

    @Override
    public void numbers(String name, Map<String, Double> values) {
        try {
            json.writeObjectFieldStart(name);
            for (Map.Entry<String, Double> each : values.entrySet()) {
                json.writeFieldName(each.getKey());
                number(each.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }

    @Override
    public <T> void list(String name, List<T> items, BiConsumer<T, EventFields> fields) {
        try {
            json.writeArrayFieldStart(name);
            for (T item : items) {
                json.writeStartObject();
                fields.accept(item, this);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw cannotFail(e);
        }
    }
}
