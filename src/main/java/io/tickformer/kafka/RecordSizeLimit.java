package io.tickformer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How large a record may be that is written to a topic. */
public final class RecordSizeLimit {
    /** What brokers and producers take where nobody has told them otherwise. */
    public static final int DEFAULT = 1024 * 1024;

    /** What a producer of ours sends at most, within its buffer of 32 MiB. */
    public static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RecordSizeLimit() {}

    /**
     * Asks the brokers for the limit of a topic.
     *
     * @param request what the producer sends at most, where the connection does not say
     * @throws IOException if they cannot be reached
     */
    public static int of(KafkaConnection connection, String topic, int request) throws IOException {
        Map<String, String> told = connection.properties();
        long limit = told(told, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, request);
        limit = Math.min(limit, told(told, ProducerConfig.BUFFER_MEMORY_CONFIG, limit));
        try (Topics topics = new Topics(connection, PATIENCE)) {
            limit = Math.min(limit, topics.largestBatch(topic).orElse(DEFAULT));
        }
        return (int) Math.min(limit, Integer.MAX_VALUE);
    }

    private static long told(Map<String, String> properties, String name, long otherwise) {
        try {
            return Long.parseLong(properties.getOrDefault(name, "").strip());
        } catch (NumberFormatException e) {
            // Not given, or no number, which Kafka itself complains of.
            return otherwise;
        }
    }

    /** Properties of a producer whose records may be as large. */
    public static Map<String, String> producerProperties() {
        return Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_REQUEST));
    }
}
