package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the newest committed records of topics, the same number of each partition, within a limited
 * time. It joins no consumer group and commits no offset.
 */
@Internal
public final class NewestRecords {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaConnection connection;
    private final List<String> topics;

    /**
     * What was read of how much.
     *
     * @param records records read
     * @param stored offsets in use in all partitions, about the number of records that the topics
     *     hold
     * @param partitions number of partitions
     * @param emptyPartitions partitions without a record
     * @param isComplete false if the time was over before the end was reached
     */
    public record Extent(
            long records, long stored, int partitions, int emptyPartitions, boolean isComplete) {}

    public NewestRecords(KafkaConnection connection, List<String> topics) {
        this.connection = connection;
        this.topics = List.copyOf(topics);
    }

    /**
     * Reads the records.
     *
     * @param most about how many records; each partition has its share, and at least one
     * @param patience how long reading may take, and each request
     * @param out receives the records, in order within a partition
     * @throws IOException if a request to the brokers fails
     */
    public Extent read(int most, Duration patience, TopicScan.Handler out) throws IOException {
        Properties properties = new Properties();
        properties.putAll(connection.clientProperties());
        int millis = Math.toIntExact(patience.toMillis());
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
        properties.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try {
            KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            try {
                return read(consumer, most, patience, out);
            } finally {
                consumer.close(CloseOptions.timeout(CLOSE));
            }
        } catch (KafkaException e) {
            throw connection.failed("cannot read the topics", e);
        }
    }

    private Extent read(
            KafkaConsumer<byte[], byte[]> consumer,
            int most,
            Duration patience,
            TopicScan.Handler out)
            throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long share = Math.max(1, most / Math.max(1, partitions.size()));
        long stored = 0;
        int empty = 0;
        for (TopicPartition partition : partitions) {
            long start = starts.get(partition);
            long end = ends.get(partition);
            stored += end - start;
            empty += end == start ? 1 : 0;
            consumer.seek(partition, Math.max(start, end - share));
        }
        long deadline = System.nanoTime() + patience.toNanos();
        long records = 0;
        boolean isAtEnd = isAtEnd(consumer, ends);
        while (!isAtEnd && System.nanoTime() < deadline) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.get(partition)) {
                    records++;
                    out.handle(record);
                }
            }
            isAtEnd = isAtEnd(consumer, ends);
        }
        return new Extent(records, stored, partitions.size(), empty, isAtEnd);
    }

    /** Pauses the partitions that have been read, and returns whether all are. */
    private static boolean isAtEnd(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<TopicPartition> done = new ArrayList<>();
        for (TopicPartition partition : consumer.assignment()) {
            if (consumer.position(partition) >= ends.get(partition)) {
                done.add(partition);
            }
        }
        consumer.pause(done);
        return done.size() == consumer.assignment().size();
    }
}
