package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.decode.AvroPayloadReader;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.kafka.decode.EpochUnit;
import io.tickformer.kafka.decode.InputLayout;
import io.tickformer.kafka.decode.JsonPayloadReader;
import io.tickformer.kafka.decode.PayloadReader;
import io.tickformer.kafka.decode.RecordDecoder;
import io.tickformer.kafka.encode.ObservationCodec;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.RegisteredSchema;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The door that records come in by, for tests: decodes bytes as the job does, and holds what comes
 * out to what the rest of the job relies on, whatever the bytes were.
 */
public final class CheckedDecoder {
    public static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private static final int LONGEST_SERIES = 1100;
    private static final int LONGEST_DETAIL = 8000;

    private final InputLayout layout;
    private final RecordDecoder decoder;

    private CheckedDecoder(InputLayout layout, PayloadReader reader) {
        this.layout = layout;
        this.decoder = new RecordDecoder(layout, reader, CLOCK);
    }

    /** Finds a schema by its id. */
    public interface Schemas {
        /** The schema, or null if there is none of this id. */
        Schema find(int id);
    }

    /** The door for JSON. */
    public static CheckedDecoder json(InputLayout layout) {
        return new CheckedDecoder(layout, new JsonPayloadReader());
    }

    /** The door for Avro, its schemas found by their id. */
    public static CheckedDecoder avro(InputLayout layout, Schemas schemas) {
        return new CheckedDecoder(
                layout,
                new AvroPayloadReader(
                        id -> {
                            Schema schema = schemas.find(id);
                            if (schema == null) {
                                throw new UnknownSchemaException(id);
                            }
                            return schema;
                        }));
    }

    /** The door for Avro, where the registry answers to every question the same. */
    public static CheckedDecoder answeredBy(InputLayout layout, String body) {
        return new CheckedDecoder(
                layout,
                new AvroPayloadReader(
                        id -> {
                            Optional<RegisteredSchema> answer = answer(body);
                            if (answer.isEmpty()) {
                                throw new UnknownSchemaException(id);
                            }
                            return RegisteredSchema.parse(id, List.of(answer.get().text()));
                        }));
    }

    private static Optional<RegisteredSchema> answer(String body) {
        try {
            return RegisteredSchema.of(new JsonMapper().readTree(body));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** A layout like the default one, of fields by other names. */
    public static InputLayout layout(String key, String time, String... values) {
        return new InputLayout(key, time, EpochUnit.MILLIS, List.of(values), Duration.ofHours(1));
    }

    /** Avro's bytes behind the header of the Confluent wire format. */
    public static byte[] frame(int schemaId, byte[] payload) {
        byte[] frame = new byte[ConfluentFrame.HEADER_LENGTH + payload.length];
        System.arraycopy(
                ConfluentFrame.header(schemaId), 0, frame, 0, ConfluentFrame.HEADER_LENGTH);
        System.arraycopy(payload, 0, frame, ConfluentFrame.HEADER_LENGTH, payload.length);
        return frame;
    }

    /** An observation as the frame of a schema like that of observations. */
    public static byte[] avro(Observation observation, int schemaId) {
        return ObservationCodec.avro(observation, schemaId);
    }

    /** What becomes of a value, checked. */
    public List<Decoded> decode(byte[] value) throws IOException {
        byte[] key =
                value == null || value.length < 8
                        ? null
                        : "kafka key".getBytes(StandardCharsets.UTF_8);
        return decode(new ConsumerRecord<>("in", 3, 17, key, value));
    }

    /** What becomes of a record, checked. */
    public List<Decoded> decode(ConsumerRecord<byte[], byte[]> record) throws IOException {
        List<Decoded> decoded = new ArrayList<>();
        int missing = decoder.decode(record, decoded::add);
        assertThat(decoded.size() + missing).as("nothing vanishes").isPositive();
        for (int i = 0; i < decoded.size(); i++) {
            if (decoded.get(i) instanceof Decoded.Observed observed) {
                check(observed.observation());
            } else if (decoded.get(i) instanceof Decoded.Rejected rejected) {
                assertThat(i).as("one dead letter, the last").isEqualTo(decoded.size() - 1);
                check(rejected.deadLetter(), record);
            }
        }
        assertThat(overTheWire(decoded)).isEqualTo(decoded);
        return decoded;
    }

    private void check(Observation observation) {
        String series = observation.series();
        assertThat(series).isNotBlank().hasSizeLessThan(LONGEST_SERIES);
        assertThat(new String(series.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(series);
        assertThat(observation.eventTimeMillis())
                .isBetween(0L, CLOCK.millis() + layout.maxAhead().toMillis());
        assertThat(Math.abs(observation.value())).isLessThanOrEqualTo(1e30);
    }

    private static void check(DeadLetter letter, ConsumerRecord<byte[], byte[]> record) {
        assertThat(letter.detail()).isNotBlank().hasSizeLessThan(LONGEST_DETAIL);
        assertThat(letter.key()).isSameAs(record.key());
        assertThat(letter.value()).isSameAs(record.value());
        assertThat(letter.topic()).isEqualTo(record.topic());
        assertThat(letter.partition()).isEqualTo(record.partition());
        assertThat(letter.offset()).isEqualTo(record.offset());
        assertThat(letter.timestampMillis()).isEqualTo(record.timestamp());
    }

    private static List<Decoded> overTheWire(List<Decoded> decoded) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        for (Decoded one : decoded) {
            DecodedSerializer.INSTANCE.serialize(one, out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        List<Decoded> read = new ArrayList<>();
        for (int i = 0; i < decoded.size(); i++) {
            read.add(DecodedSerializer.INSTANCE.deserialize(in));
        }
        assertThat(in.available()).isZero();
        return read;
    }
}
