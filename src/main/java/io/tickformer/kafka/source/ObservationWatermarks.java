package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.decode.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkAlignmentParams;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Event times and watermarks of decoded records, for each Kafka partition separately ({@link
 * PartitionWatermarks}). Watermark alignment keeps partitions together: a partition that is ahead
 * of the others by more than the drift is paused until they have caught up.
 */
@Internal
public final class ObservationWatermarks implements WatermarkStrategy<Decoded> {
    private static final long serialVersionUID = 1L;
    private static final String GROUP = "partitions";

    /**
     * Interval of alignment. It is short, as a partition can run ahead this long before it is
     * paused.
     */
    private static final Duration UPDATES = Duration.ofMillis(100);

    private final WatermarkSettings settings;
    private final Clock clock;

    /** Shared by the partitions of a subtask. */
    private transient SubtaskActivity subtask;

    /**
     * Creates the strategy.
     *
     * @param clock the clock that moves watermarks if the settings say so; it must be serializable
     */
    public ObservationWatermarks(WatermarkSettings settings, Clock clock) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public TimestampAssigner<Decoded> createTimestampAssigner(
            TimestampAssignerSupplier.Context context) {
        return (decoded, kafkaTimestamp) ->
                decoded instanceof Decoded.Observed observed
                        ? observed.observation().eventTimeMillis()
                        : kafkaTimestamp;
    }

    @Override
    public WatermarkGenerator<Decoded> createWatermarkGenerator(
            WatermarkGeneratorSupplier.Context context) {
        if (subtask == null) {
            subtask = new SubtaskActivity(clock);
        }
        return new PartitionWatermarks(settings, subtask, context.getInputActivityClock());
    }

    @Override
    public WatermarkAlignmentParams getAlignmentParameters() {
        return settings.drift().isZero()
                ? WatermarkAlignmentParams.WATERMARK_ALIGNMENT_DISABLED
                : new WatermarkAlignmentParams(
                        settings.drift().toMillis(), GROUP, UPDATES.toMillis());
    }
}
