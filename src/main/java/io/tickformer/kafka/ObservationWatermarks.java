package io.tickformer.kafka;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;

/**
 * Event times and watermarks of decoded records: bounded out-of-orderness, and idleness, for each
 * Kafka partition by itself. The event that ends a tick emits its watermark ({@link
 * TickWatermarks}).
 *
 * <p>Dead letters take no part. They neither push the watermark nor count as activity: a partition
 * that carries nothing else would otherwise be active without ever moving on, and hold back the
 * watermark of the whole job.
 */
public final class ObservationWatermarks implements WatermarkStrategy<Decoded> {
    private static final long serialVersionUID = 1L;

    private final Duration outOfOrderness;
    private final Duration idleness;
    private final Duration tickLength;
    private final Duration allowedLateness;

    /**
     * Watermarks that trail the latest event time.
     *
     * @param outOfOrderness by how much they trail it
     * @param idleness a partition without observations for so long is not waited for; zero to wait
     *     for ever
     * @param tickLength length of a tick
     * @param allowedLateness how long after its end a tick is still revised
     */
    public ObservationWatermarks(
            Duration outOfOrderness,
            Duration idleness,
            Duration tickLength,
            Duration allowedLateness) {
        this.outOfOrderness = outOfOrderness;
        this.idleness = idleness;
        this.tickLength = tickLength;
        this.allowedLateness = allowedLateness;
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
        WatermarkGenerator<Decoded> bounded =
                new TickWatermarks(
                        outOfOrderness.toMillis(),
                        tickLength.toMillis(),
                        allowedLateness.toMillis());
        return new IgnoringDeadLetters(
                idleness.isZero()
                        ? bounded
                        : new WatermarksWithIdleness<>(
                                bounded, idleness, context.getInputActivityClock()));
    }

    private record IgnoringDeadLetters(WatermarkGenerator<Decoded> observations)
            implements WatermarkGenerator<Decoded> {
        @Override
        public void onEvent(Decoded decoded, long eventTimeMillis, WatermarkOutput output) {
            if (decoded instanceof Decoded.Observed) {
                observations.onEvent(decoded, eventTimeMillis, output);
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            observations.onPeriodicEmit(output);
        }
    }
}
