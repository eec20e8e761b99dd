package io.tickformer.kafka.issued;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads the committed records of a topic of the feedback from its beginning: scores, anomalies or
 * events. It uses a plain Kafka consumer without a consumer group. Chaos and tests use it, the job
 * does not. Not thread-safe.
 */
@Internal
public final class FeedbackFieldReader implements AutoCloseable {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    /**
     * A record in the topic.
     *
     * @param series the series key; empty for the whole job
     * @param tickIndex the tick
     * @param fields all fields by name: {@link String}, {@link Boolean}, {@link Number}, null,
     *     {@link List} or {@link Map}
     */
    public record Found(String series, long tickIndex, Map<String, Object> fields) {}

    @Nullable private final RegisteredAvroDecoder avro; // null with JSON
    private final JsonMapper json = new JsonMapper();
    private final DecodedRecordReader<Found> records;

    public FeedbackFieldReader(String bootstrapServers, String topic, OutputFormat format) {
        this.avro =
                format.payload() == PayloadFormat.AVRO
                        ? new RegisteredAvroDecoder(format.registry())
                        : null;
        this.records =
                new DecodedRecordReader<>(
                        KafkaConnection.of(bootstrapServers),
                        topic,
                        record -> found(decode(record.value())));
    }

    /**
     * Returns the next records, in order within a series.
     *
     * @param timeout how long to wait for the first one
     * @throws IOException if a record cannot be read or a request to the registry fails
     */
    public List<Found> poll(Duration timeout) throws IOException {
        return records.poll(timeout);
    }

    /** Returns all committed records that have not been read. */
    public List<Found> rest() throws IOException {
        List<Found> found = new ArrayList<>();
        do {
            found.addAll(poll(Duration.ofMillis(100)));
        } while (!records.isAtEnd());
        return found;
    }

    private static Found found(Map<String, Object> fields) throws UndecodableException {
        if (fields.get("series") instanceof String series
                && fields.get("tick_index") instanceof Number tick) {
            return new Found(series, tick.longValue(), fields);
        }
        throw new UndecodableException("series or tick_index is missing");
    }

    private Map<String, Object> decode(byte[] value)
            throws UndecodableException, UnknownSchemaException, IOException {
        return avro == null ? json.readValue(value, FIELDS) : fields(avro.decode(value));
    }

    private static Map<String, Object> fields(GenericRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Schema.Field field : record.getSchema().getFields()) {
            fields.put(field.name(), plain(record.get(field.pos())));
        }
        return fields;
    }

    private static Object plain(Object value) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof GenericRecord record) {
            return fields(record);
        }
        if (value instanceof Collection<?> items) {
            List<Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        if (value instanceof Map<?, ?> entries) {
            Map<String, Object> plain = new LinkedHashMap<>();
            entries.forEach((key, item) -> plain.put(key.toString(), plain(item)));
            return plain;
        }
        return value.toString();
    }

    @Override
    public void close() {
        records.close();
    }
}
