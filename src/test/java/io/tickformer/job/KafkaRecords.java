package io.tickformer.job;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the committed records of a topic as they are. */
final class KafkaRecords {
    private KafkaRecords() {}

    /** Waits until partition 0 of a topic has so many committed records, and gives them. */
    static List<ConsumerRecord<byte[], byte[]>> await(
            String bootstrapServers, String topic, int count) {
        return await(bootstrapServers, topic, 0, count);
    }

    /** As above, of any partition. */
    static List<ConsumerRecord<byte[], byte[]>> await(
            String bootstrapServers, String topic, int partition, int count) {
        return await(bootstrapServers, topic, partition, count, "read_committed");
    }

    /** Waits until partition 0 of a topic has so many records, committed or not. */
    static void awaitUncommitted(String bootstrapServers, String topic, int count) {
        await(bootstrapServers, topic, 0, count, "read_uncommitted");
    }

    private static List<ConsumerRecord<byte[], byte[]>> await(
            String bootstrapServers, String topic, int partition, int count, String isolation) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                isolation),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(topic, partition));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (records.size() < count) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
