package io.tickformer.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.decode.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

final class ObservationWatermarksTest {
    private static final Duration TICK = Duration.ofSeconds(1);

    /** Records of the past that are written now. */
    private static final long WRITTEN = 100_000_000;

    private static final Decoded REJECTED =
            new Decoded.Rejected(
                    new DeadLetter(
                            DeadLetterReason.TOO_FAR_AHEAD,
                            "",
                            "in",
                            0,
                            0,
                            0,
                            "CreateTime",
                            null,
                            null,
                            List.of()));

    private final ManualClock clock = new ManualClock();
    private final List<String> emitted = new ArrayList<>();
    private final WatermarkGenerator<Decoded> generator =
            new ObservationWatermarks(
                            new WatermarkSettings(
                                    Duration.ofMillis(100),
                                    Duration.ofMillis(1000),
                                    false,
                                    Duration.ZERO,
                                    TICK),
                            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                    .createWatermarkGenerator(context());
    private final WatermarkOutput output =
            new WatermarkOutput() {
                @Override
                public void emitWatermark(Watermark watermark) {
                    emitted.add("at " + watermark.getTimestamp());
                }

                @Override
                public void markIdle() {
                    emitted.add("idle");
                }

                @Override
                public void markActive() {
                    emitted.add("active");
                }
            };

    private WatermarkGeneratorSupplier.Context context() {
        return new WatermarkGeneratorSupplier.Context() {
            @Override
            public MetricGroup getMetricGroup() {
                return new UnregisteredMetricsGroup();
            }

            @Override
            public RelativeClock getInputActivityClock() {
                return clock;
            }
        };
    }

    @Test
    void theFirstObservationEmitsTheWatermarkThatTrailsIt() {
        observe(5050);
        observe(4000);
        assertThat(emitted).containsExactly("at 4949");
    }

    @Test
    void theObservationThatEndsATickEmitsTheWatermarkAtOnce() {
        observe(5050);
        observe(5099);
        assertThat(emitted).as("4998 does not end the tick up to 4999").hasSize(1);
        observe(5100);
        observe(5200);
        observe(8123);
        assertThat(emitted).containsExactly("at 4949", "at 4999", "at 8022");
    }

    @Test
    void betweenTicksThePeriodicWatermarkIsTheOneThatWasEmitted() {
        generator.onPeriodicEmit(output);
        assertThat(emitted).as("before the first observation").isEmpty();
        observe(5400);
        observe(6000);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly("at 5299", "at 5299");
    }

    @Test
    void aDeadLetterDoesNotPushTheWatermark() {
        observe(5000);
        generator.onEvent(REJECTED, 9_000_000, output);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly("at 4899", "at 4899");
    }

    @Test
    void aPartitionThatCarriesOnlyDeadLettersIsIdle() {
        clock.advanceTime(Duration.ofMillis(1)); // Flink takes time zero for "not idle yet".
        generator.onPeriodicEmit(output);
        emitted.clear();
        clock.advanceTime(Duration.ofMillis(1001));
        generator.onEvent(REJECTED, 1, output);
        generator.onPeriodicEmit(output);
        assertThat(emitted).containsExactly("idle");
    }

    @Test
    void theEventTimeOfAnObservationIsItsOwn() {
        TimestampAssigner<Decoded> assigner =
                new ObservationWatermarks(
                                new WatermarkSettings(
                                        Duration.ZERO, Duration.ZERO, true, Duration.ZERO, TICK),
                                Clock.systemUTC())
                        .createTimestampAssigner(UnregisteredMetricsGroup::new);
        assertThat(assigner.extractTimestamp(observed(5000), 7)).isEqualTo(5000);
        assertThat(assigner.extractTimestamp(REJECTED, 7)).isEqualTo(7);
    }

    private void observe(long time) {
        generator.onEvent(observed(time), time, output);
    }

    private static Decoded observed(long time) {
        return new Decoded.Observed(new Observation("a", time, 1), WRITTEN);
    }
}
