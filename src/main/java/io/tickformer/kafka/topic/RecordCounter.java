package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import java.time.Duration;

/**
 * Counts the committed records of a topic from its beginning. Offsets would count transaction
 * markers too. It uses a plain Kafka consumer without a consumer group. Not thread-safe.
 */
@Internal
public final class RecordCounter implements AutoCloseable {
    private final CommittedRecordReader records;
    private long count;

    public RecordCounter(String bootstrapServers, String topic) {
        this(KafkaConnection.of(bootstrapServers), topic);
    }

    /** As above, with further properties of the client. */
    public RecordCounter(KafkaConnection connection, String topic) {
        this.records = new CommittedRecordReader(connection, topic);
    }

    /**
     * Counts the next records, waiting up to the timeout for the first one, and returns the total.
     */
    public long poll(Duration timeout) {
        count += records.poll(timeout).count();
        return count;
    }

    /** Counts all committed records and returns the total. */
    public long countAll() {
        while (!records.isAtEnd()) {
            poll(Duration.ofMillis(100));
        }
        return count;
    }

    @Override
    public void close() {
        records.close();
    }
}
