package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
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
 * Reads the offsets of topics and the timestamps of their committed records. It joins no consumer
 * group. Not thread-safe.
 */
@Internal
public final class TopicOffsets implements AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The brokers count as gone after this many polls without progress. */
    private static final int EMPTY_POLLS_AT_MOST = 30;

    /** A range of offsets; {@code to} is exclusive. */
    public record Range(long from, long to) {}

    private final KafkaConnection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /**
     * Connects on first use, without access to committed offsets.
     *
     * @throws IOException if Kafka rejects the connection's properties
     */
    public TopicOffsets(KafkaConnection connection) throws IOException {
        this(connection, Optional.empty());
    }

    /**
     * Connects on first use.
     *
     * @param group consumer group whose committed offsets can be read
     * @throws IOException if Kafka rejects the connection's properties
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

    /** The partitions of topics, in order. */
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

    /** The committed offsets of the group, without partitions that have none. */
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

    /** The oldest offset of each partition that still exists. */
    public Map<TopicPartition, Long> beginnings(Collection<TopicPartition> partitions)
            throws IOException {
        return ask(() -> consumer.beginningOffsets(partitions));
    }

    /** The end of each partition, before the first open transaction. */
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws IOException {
        return ask(() -> consumer.endOffsets(partitions));
    }

    /**
     * The first offset of each partition whose Kafka timestamp is at or after a time, without
     * partitions that have none.
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
     * The Kafka timestamps of the records in ranges of offsets, in order; empty for a partition
     * without committed records in its range.
     *
     * @throws IOException if a request to the brokers fails
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
                    StallDetector progress = new StallDetector(consumer, EMPTY_POLLS_AT_MOST);
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
                                    "no record arrived for %d s"
                                            .formatted(EMPTY_POLLS_AT_MOST * POLL.toSeconds()));
                        }
                    }
                    return timestamps;
                });
    }

    /** Pauses the partitions whose ranges are read, and returns whether all are. */
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
            throw connection.failed("cannot read the offsets of topics", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
