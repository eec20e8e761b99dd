package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The size limit of records written to a topic. */
@Internal
public final class RecordSizeLimit {
    /** The default limit of brokers and producers. */
    public static final int DEFAULT = 1024 * 1024;

    /** The largest request of the job's producers, within their buffer of 32 MiB. */
    public static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private RecordSizeLimit() {}

    /**
     * Returns the limit of a topic, as set at the brokers and in the connection.
     *
     * @param request the largest request of the producer, unless the connection sets it
     * @throws IOException if they cannot be reached
     */
    public static int of(KafkaConnection connection, String topic, int request) throws IOException {
        Map<String, String> properties = connection.properties();
        long limit = property(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, request);
        limit = Math.min(limit, property(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, limit));
        try (TopicAdmin topics = new TopicAdmin(connection, TIMEOUT)) {
            limit = Math.min(limit, topics.largestBatch(topic).orElse(DEFAULT));
        }
        return (int) Math.min(limit, Integer.MAX_VALUE);
    }

    private static long property(Map<String, String> properties, String name, long otherwise) {
        try {
            return Long.parseLong(properties.getOrDefault(name, "").strip());
        } catch (NumberFormatException e) {
            // Not set, or not a number, which Kafka reports itself.
            return otherwise;
        }
    }

    /** Producer properties that allow requests of {@link #LARGEST_REQUEST}. */
    public static Map<String, String> producerProperties() {
        return Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_REQUEST));
    }
}
