package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed records of a topic from its beginning. It uses a plain Kafka consumer without
 * a consumer group. The demo and tests use it, the job does not. Not thread-safe.
 */
@Internal
public final class CommittedRecordReader implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Starts reading.
     *
     * @throws KafkaException if the brokers have no such topic
     */
    public CommittedRecordReader(String bootstrapServers, String topic) {
        this(KafkaConnection.of(bootstrapServers), topic);
    }

    public CommittedRecordReader(KafkaConnection connection, String topic) {
        Properties properties = connection.clientProperties();
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads on from the given number of records before the end of each partition. */
    public void skipToNewest(long records) {
        consumer.endOffsets(consumer.assignment())
                .forEach(
                        (partition, end) ->
                                consumer.seek(
                                        partition,
                                        Math.max(consumer.position(partition), end - records)));
    }

    /** A broker may not know a new topic at once. */
    private List<TopicPartition> partitions(String topic) {
        List<TopicPartition> partitions = new ArrayList<>();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (partitions.isEmpty()) {
            consumer.partitionsFor(topic)
                    .forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
            if (partitions.isEmpty() && System.nanoTime() > deadline) {
                consumer.close();
                throw new KafkaException("the brokers have no topic " + topic);
            }
        }
        return partitions;
    }

    /**
     * Returns the next records, in order within a partition.
     *
     * @param timeout how long to wait for the first one
     */
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        return consumer.poll(timeout);
    }

    /** Returns whether all committed records have been read. */
    public boolean isAtEnd() {
        return consumer.endOffsets(consumer.assignment()).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
