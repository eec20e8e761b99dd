package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
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
 * Reads the committed records of topics, from the earliest or given offsets to the end at the first
 * read. It joins no consumer group and commits no offset. Not thread-safe.
 */
@Internal
public final class TopicScan {
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The brokers count as gone after this many polls without progress. */
    private static final int EMPTY_POLLS_AT_MOST = 60;

    /** Receives the records, in order within a partition. */
    public interface Handler {
        void handle(ConsumerRecord<byte[], byte[]> record) throws IOException;
    }

    private final KafkaConnection connection;
    private final List<String> topics;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    public TopicScan(KafkaConnection connection, List<String> topics) {
        this(connection, topics, Map.of());
    }

    /** Reads from the given offsets, and other partitions from the earliest. */
    public TopicScan(
            KafkaConnection connection, List<String> topics, Map<TopicPartition, Long> starts) {
        this.connection = connection;
        this.topics = List.copyOf(topics);
        this.starts = Map.copyOf(starts);
    }

    /**
     * Reads all records. Later calls read to the same end.
     *
     * @throws IOException if a request to the brokers fails
     */
    public void read(Handler out) throws IOException {
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
            throw connection.failed("cannot read the topics", e);
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer, Handler out) throws IOException {
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
        StallDetector progress = new StallDetector(consumer, EMPTY_POLLS_AT_MOST);
        while (!isAtEnd(consumer)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                // Records that arrive during the scan would make the result depend on its duration.
                if (record.offset() < ends.get(partition)) {
                    records++;
                    out.handle(record);
                }
            }
            if (progress.isStalled()) {
                throw new IOException(
                        "the brokers at %s sent nothing for %d s after %d records of %s"
                                .formatted(
                                        connection.bootstrapServers(),
                                        EMPTY_POLLS_AT_MOST * POLL.toSeconds(),
                                        records,
                                        String.join(", ", topics)));
            }
        }
    }

    /** Pauses the partitions that have been read, and returns whether all are. */
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
