package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.ObservationDeserializer;
import io.tickformer.kafka.topic.RewindPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/**
 * The Flink source of decoded records.
 *
 * @param connection the cluster
 * @param topics topics to read
 * @param groupId consumer group under which progress is committed
 * @param start where reading starts without a savepoint
 * @param bounded whether the source stops at the end offsets at its start
 * @param discovery interval of partition discovery; zero disables it
 */
@Internal
public record ObservationSource(
        KafkaConnection connection,
        List<String> topics,
        String groupId,
        StartOffset start,
        boolean bounded,
        Duration discovery) {

    private static final long NEVER = -1;

    /** Returns the source. It skips records of open or aborted transactions. */
    public Source<Decoded, ?, ?> create(ObservationDeserializer deserializer) {
        return source(deserializer, offsets());
    }

    /**
     * Returns the source, starting at the offsets of a plan. Bad records before the committed
     * offsets are skipped, as they are dead letters already. Committed offsets are never moved
     * back.
     */
    @SuppressWarnings("deprecation") // The connector still asks for the strategy in its old form.
    public Source<Decoded, ?, ?> createRewound(
            RewindPlan back, ObservationDeserializer deserializer) {
        return new ForwardOnlyCommitSource<>(
                source(
                        deserializer.skippingBadRecordsBefore(back.committed()),
                        OffsetsInitializer.offsets(
                                new HashMap<>(back.starts()), OffsetResetStrategy.EARLIEST)),
                back.committed());
    }

    private KafkaSource<Decoded> source(
            ObservationDeserializer deserializer, OffsetsInitializer offsets) {
        Properties properties = new Properties();
        properties.setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // New partitions are read from their beginning.
        properties.setProperty(
                KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
                Long.toString(discovery.isZero() ? NEVER : discovery.toMillis()));
        properties.putAll(connection.clientProperties());
        KafkaSourceBuilder<Decoded> builder =
                KafkaSource.<Decoded>builder()
                        .setProperties(properties)
                        .setTopics(topics)
                        .setGroupId(groupId)
                        .setClientIdPrefix(groupId)
                        .setStartingOffsets(offsets)
                        .setDeserializer(deserializer);
        if (bounded) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    @SuppressWarnings("deprecation") // The connector still asks for the strategy in its old form.
    private OffsetsInitializer offsets() {
        return switch (start) {
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
        };
    }
}
