package io.tickformer.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** How large a record may be that is written to a topic. */
final class RecordLimit {
    /** What brokers and producers take where nobody has told them otherwise. */
    static final int DEFAULT = 1024 * 1024;

    /** What a producer of ours sends at most, within its buffer of 32 MiB. */
    static final int LARGEST_REQUEST = 16 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private RecordLimit() {}

    /**
     * Asks the brokers for the limit of a topic.
     *
     * @throws IOException if they cannot be reached
     */
    static int of(KafkaConnection connection, String topic) throws IOException {
        int limit;
        try (Topics topics = new Topics(connection, PATIENCE)) {
            limit = Math.min(topics.largestBatch(topic).orElse(DEFAULT), LARGEST_REQUEST);
        }
        Map<String, String> told = connection.properties();
        for (String bound :
                new String[] {
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG
                }) {
            if (told.containsKey(bound)) {
                limit = (int) Math.min(limit, Long.parseLong(told.get(bound).strip()));
            }
        }
        return limit;
    }

    /** Properties of a producer whose records may be as large. */
    static Map<String, String> producerProperties() {
        return Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(LARGEST_REQUEST));
    }
}
