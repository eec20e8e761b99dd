package io.tickformer.kafka.sink;

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
 * Makes records of events for one topic, and tells the sink which one: after a failure it must know
 * where to look for transactions that were left open.
 *
 * @param <T> the kind of event
 */
public abstract class TopicRecords<T>
        implements KafkaRecordSerializationSchema<T>, KafkaDatasetFacetProvider {
    private static final long serialVersionUID = 1L;

    private final String topic;

    protected TopicRecords(String topic) {
        this.topic = Objects.requireNonNull(topic, "topic");
    }

    /** The topic that is written to. */
    protected final String topic() {
        return topic;
    }

    /** Properties that the producer of these records needs, where it is not told others. */
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
