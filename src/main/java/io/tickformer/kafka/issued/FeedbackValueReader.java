package io.tickformer.kafka.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastScore;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.encode.FeedbackAvro;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.Schemas;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Reads the committed scores, anomalies or events of a topic from its beginning, in Avro. It uses a
 * plain Kafka consumer without a consumer group. The demo and tests use it, the job does not. Not
 * thread-safe.
 *
 * @param <T> type of the records
 */
@Internal
public final class FeedbackValueReader<T> implements AutoCloseable {
    private final DecodedRecordReader<T> records;

    private FeedbackValueReader(
            KafkaConnection connection,
            String topic,
            RegistrySettings registry,
            Schema schema,
            Function<GenericRecord, T> converter) {
        RegisteredAvroDecoder decoder = new RegisteredAvroDecoder(registry, schema);
        this.records =
                new DecodedRecordReader<>(
                        connection,
                        topic,
                        record -> converter.apply(decoder.decode(record.value())));
    }

    /** Reads a topic of scores. */
    public static FeedbackValueReader<ForecastScore> scores(
            KafkaConnection connection, String topic, RegistrySettings registry) {
        return new FeedbackValueReader<>(
                connection, topic, registry, Schemas.score(), FeedbackAvro::score);
    }

    /** Reads a topic of anomalies. */
    public static FeedbackValueReader<Anomaly> anomalies(
            KafkaConnection connection, String topic, RegistrySettings registry) {
        return new FeedbackValueReader<>(
                connection, topic, registry, Schemas.anomaly(), FeedbackAvro::anomaly);
    }

    /** Reads a topic of events. */
    public static FeedbackValueReader<ForecastEvent> events(
            KafkaConnection connection, String topic, RegistrySettings registry) {
        return new FeedbackValueReader<>(
                connection, topic, registry, Schemas.event(), FeedbackAvro::event);
    }

    /**
     * Returns the next records, in order within a series.
     *
     * @param timeout how long to wait for the first one
     * @throws IOException if a record is of another kind or a request to the registry fails
     */
    public List<T> poll(Duration timeout) throws IOException {
        return records.poll(timeout);
    }

    /** Reads on from the given number of records before the end of each partition. */
    public void skipToNewest(long newest) {
        records.skipToNewest(newest);
    }

    /** Returns whether all committed records have been read. */
    public boolean isAtEnd() {
        return records.isAtEnd();
    }

    @Override
    public void close() {
        records.close();
    }
}
