package io.tickformer.kafka.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.Schemas;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Encodes observations as values of records: Avro in the Confluent wire format with {@code
 * schemas/observation.avsc}, or JSON with the same field names and {@code event_time} in
 * milliseconds since the Unix epoch.
 */
@Internal
public final class ObservationCodec {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int VALUE_PRESENT = 1;

    private ObservationCodec() {}

    /** Encodes as Avro, with the id of {@link Schemas#observation()}. */
    public static byte[] avro(Observation observation, int schemaId) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(64);
        out.writeBytes(ConfluentFrame.header(schemaId));
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            encoder.writeString(observation.series());
            encoder.writeLong(observation.eventTimeMillis());
            encoder.writeIndex(VALUE_PRESENT);
            encoder.writeDouble(observation.value());
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }

    public static byte[] json(Observation observation) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(96);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("series", observation.series());
            json.writeNumberField("event_time", observation.eventTimeMillis());
            json.writeNumberField("value", observation.value());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }
}
