package io.tickformer.kafka.topic;

import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what topics hold, from the earliest or given offsets to the end as it was when it was first
 * read, committed records only. It joins no consumer group and commits no offset. For one thread.
 */
public final class TopicScan {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** After so many polls in a row without anything new the brokers count as gone. */
    private static final int PATIENCE = 60;

    /** Takes the records; those of a partition in their order. */
    public interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private final KafkaConnection connection;
    private final List<String> topics;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    public TopicScan(KafkaConnection connection, List<String> topics) {
        this(connection, topics, Map.of());
    }

    /** Reads from these offsets on, and other partitions from the earliest. */
    public TopicScan(
            KafkaConnection connection, List<String> topics, Map<TopicPartition, Long> starts) {
        this.connection = connection;
        this.topics = List.copyOf(topics);
        this.starts = Map.copyOf(starts);
    }

    /**
     * Reads them through; once more to the same end if called once more.
     *
     * @throws IOException if the brokers cannot be asked or refuse
     */
    public void read(Taker out) throws IOException {
        Properties properties = new Properties();
        properties.putAll(connection.clientProperties());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            read(consumer, out);
        } catch (KafkaException e) {
            throw connection.failed("topics cannot be read", e);
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Taker out) throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        partitions.stream()
                .filter(starts::containsKey)
                .forEach(partition -> consumer.seek(partition, starts.get(partition)));
        consumer.endOffsets(partitions).forEach(ends::putIfAbsent);
        long records = 0;
        StallDetector progress = new StallDetector(consumer, PATIENCE);
        while (!isAtEnd(consumer)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                // What came after the start would make the answer depend on when it ends.
                if (record.offset() < ends.get(partition)) {
                    records++;
                    out.take(record);
                }
            }
            if (progress.isStalled()) {
                throw new IOException(
                        "the brokers at %s sent nothing for %d s, %d records into %s"
                                .formatted(
                                        connection.bootstrapServers(),
                                        PATIENCE * POLL.toSeconds(),
                                        records,
                                        String.join(", ", topics)));
            }
        }
    }

    /** Pauses the partitions that are read through, and says whether all are. */
    private boolean isAtEnd(KafkaConsumer<byte[], byte[]> consumer) {
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
