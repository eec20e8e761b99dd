package io.tickformer.kafka.topic;

import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Asks the brokers which offsets topics have and when their records were written, committed records
 * only. It joins no consumer group and commits no offset. For one thread.
 */
public final class TopicOffsets implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** After so many polls in a row without anything new the brokers count as gone. */
    private static final int PATIENCE = 30;

    /** Offsets of a partition, the end not included. */
    public record Range(long from, long to) {}

    private final KafkaConnection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Connects at first use; no committed offsets can be asked for.
     *
     * @throws IOException if Kafka does not accept the connection's properties
     */
    public TopicOffsets(KafkaConnection connection) throws IOException {
        this(connection, Optional.empty());
    }

    /**
     * Connects at first use.
     *
     * @param group whose committed offsets can be asked for
     * @throws IOException if Kafka does not accept the connection's properties
     */
    public TopicOffsets(KafkaConnection connection, String group) throws IOException {
        this(connection, Optional.of(group));
    }

    private TopicOffsets(KafkaConnection connection, Optional<String> group) throws IOException {
        this.connection = connection;
        Properties properties = connection.clientProperties();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        group.ifPresent(id -> properties.put(ConsumerConfig.GROUP_ID_CONFIG, id));
        try {
            this.consumer =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw connection.refused(e);
        }
    }

    /** The partitions of topics, in their order. */
    public List<TopicPartition> partitions(List<String> topics) throws IOException {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> ofTopic = ask(() -> consumer.partitionsFor(topic));
            for (PartitionInfo partition : ofTopic) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        partitions.sort((a, b) -> Integer.compare(a.partition(), b.partition()));
        return partitions;
    }

    /** What the group has committed; a partition of which it has committed nothing is left out. */
    Map<TopicPartition, OffsetAndMetadata> committed(Collection<TopicPartition> partitions)
            throws IOException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                new HashMap<>(ask(() -> consumer.committed(new HashSet<>(partitions))));
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /** Commits offsets for the group. */
    void commit(Map<TopicPartition, OffsetAndMetadata> offsets) throws IOException {
        ask(
                () -> {
                    consumer.commitSync(offsets);
                    return offsets;
                });
    }

    /** The oldest offset that each partition still has. */
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
            throws IOException {
        return ask(() -> consumer.beginningOffsets(partitions));
    }

    /** Where each partition ends, before the first transaction that is open. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws IOException {
        return ask(() -> consumer.endOffsets(partitions));
    }

    /**
     * The first offset of each partition whose record was written at a time or after it, by its
     * Kafka timestamp; a partition that has none is left out.
     */
    public Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws IOException {
        Map<TopicPartition, OffsetAndTimestamp> found = ask(() -> consumer.offsetsForTimes(times));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach(
                (partition, offset) -> {
                    if (offset != null) {
                        offsets.put(partition, offset.offset());
                    }
                });
        return offsets;
    }

    /**
     * The Kafka timestamps of the records in ranges of offsets, in their order; none for a
     * partition whose range holds no committed record.
     *
     * @throws IOException if the brokers cannot be asked or do not answer
     */
    public Map<TopicPartition, List<Long>> timestamps(Map<TopicPartition, Range> ranges)
            throws IOException {
        Map<TopicPartition, List<Long>> timestamps = new LinkedHashMap<>();
        if (ranges.isEmpty()) {
            return timestamps;
        }
        ranges.keySet().forEach(partition -> timestamps.put(partition, new ArrayList<>()));
        return ask(
                () -> {
                    consumer.assign(ranges.keySet());
                    consumer.resume(ranges.keySet());
                    ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
                    StallDetector progress = new StallDetector(consumer, PATIENCE);
                    while (!areRead(ranges)) {
                        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                            TopicPartition partition =
                                    new TopicPartition(record.topic(), record.partition());
                            if (record.offset() < ranges.get(partition).to()) {
                                timestamps.get(partition).add(record.timestamp());
                            }
                        }
                        if (progress.isStalled()) {
                            throw new KafkaException(
                                    "nothing came for %d s".formatted(PATIENCE * POLL.toSeconds()));
                        }
                    }
                    return timestamps;
                });
    }

    /** Pauses the partitions whose range is read, and says whether all are. */
    private boolean areRead(Map<TopicPartition, Range> ranges) {
        List<TopicPartition> read = new ArrayList<>();
        ranges.forEach(
                (partition, range) -> {
                    if (consumer.position(partition) >= range.to()) {
                        read.add(partition);
                    }
                });
        consumer.pause(read);
        return read.size() == ranges.size();
    }

    private <T> T ask(Supplier<T> question) throws IOException {
        try {
            return question.get();
        } catch (KafkaException e) {
            throw connection.failed("the offsets of topics cannot be read", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
