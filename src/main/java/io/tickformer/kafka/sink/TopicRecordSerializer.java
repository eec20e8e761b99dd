package io.tickformer.kafka.sink;

import io.tickformer.annotation.Internal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

/**
 * Creates the records of one topic, and tells the sink which topic: after a failure the sink must
 * know where to look for open transactions.
 *
 * @param <T> type of the events
 */
@Internal
public abstract class TopicRecordSerializer<T>
        implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final String topic;

    protected TopicRecordSerializer(String topic) {
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    /** The topic of the records. */
    protected final String topic() {
        return topic;
    }

    /**
     * Default producer properties for these records. The connection's properties take precedence.
     */
    protected Map<String, String> producerProperties() {
        return Map.of();
    }

    @Override
    public final Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(
                        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
