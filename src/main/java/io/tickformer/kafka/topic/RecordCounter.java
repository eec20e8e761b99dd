package io.tickformer.kafka.topic;

import io.tickformer.kafka.KafkaConnection;
import java.time.Duration;

/**
 * Counts the records of a topic from its beginning, committed ones only: offsets would count the
 * marks of transactions too. Plain Kafka, without a consumer group. For one thread.
 */
public final class RecordCounter implements AutoCloseable {
    private final CommittedRecords records;
    private long count;

    public RecordCounter(String bootstrapServers, String topic) {
        this(KafkaConnection.of(bootstrapServers), topic);
    }

    /** As above, with further properties of the client. */
    public RecordCounter(KafkaConnection connection, String topic) {
        this.records = new CommittedRecords(connection, topic);
    }

    /** Counts what has come since, waiting for the first of it, and gives the count so far. */
    public long poll(Duration timeout) {
        count += records.poll(timeout).count();
        return count;
    }

    /** Counts all that is committed now and gives the count. */
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
