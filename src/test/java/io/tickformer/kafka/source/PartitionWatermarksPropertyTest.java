package io.tickformer.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.kafka.HandClock;
import io.tickformer.kafka.ShownWatermarks;
import io.tickformer.kafka.decode.Decoded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes, and whenever it does. */
final class PartitionWatermarksPropertyTest {
    private static final long NOON = 500_004L * 3_600_000;
    private static final long DISORDER = 5_000;
    private static final int STEPS = 400;

    private static PartitionWatermarks partition(
            HandClock clock, SubtaskActivity subtask, boolean followsClock) {
        return new PartitionWatermarks(
                new WatermarkSettings(
                        Duration.ofMillis(DISORDER),
                        Duration.ofSeconds(30),
                        followsClock,
                        Duration.ZERO,
                        Duration.ofSeconds(7)),
                subtask,
                clock.activity());
    }

    /** A reading: punctual, late, ahead, of a wrong clock, or of years ago. */
    private static Decoded.Observed reading(Random random, long now) {
        long written =
                switch (random.nextInt(4)) {
                    case 0 -> -1;
                    case 1 -> now + random.nextInt(600_000);
                    case 2 -> now - random.nextInt(90_000_000);
                    default -> now;
                };
        long time =
                switch (random.nextInt(5)) {
                    case 0 -> now + random.nextInt(60_000);
                    case 1 -> now - random.nextInt(600_000);
                    case 2 -> random.nextLong(now);
                    default -> now - random.nextInt(2_000);
                };
        return new Decoded.Observed(new Observation("a", time, 1), written);
    }

    @Property(tries = 200)
    void theWatermarkNeverGoesBackAndIsNeverAheadOfTheClock(@ForAll long seed) {
        Random random = new Random(seed);
        HandClock clock = new HandClock(NOON);
        PartitionWatermarks partition = partition(clock, new SubtaskActivity(clock), true);
        ShownWatermarks shown = new ShownWatermarks();
        long latestNow = NOON;
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(100) == 0) {
                clock.set(clock.millis() - random.nextInt(3_600_000));
            } else if (random.nextInt(10) == 0) {
                clock.pause(random.nextInt(60_000));
            } else {
                clock.advance(random.nextInt(3_000));
            }
            latestNow = Math.max(latestNow, clock.millis());
            if (random.nextInt(3) != 0) {
                Decoded.Observed reading = reading(random, clock.millis());
                partition.onEvent(reading, reading.observation().eventTimeMillis(), shown);
            }
            partition.onPeriodicEmit(shown);

            assertThat(shown.isGoingBack()).isFalse();
            assertThat(shown.watermark()).isLessThan(latestNow - DISORDER);
        }
    }

    @Property(tries = 100)
    void withoutTheClockItDependsOnTheRecordsAlone(@ForAll long seed) {
        Random random = new Random(seed);
        List<Decoded.Observed> readings = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            readings.add(reading(random, NOON + step * 1_000L));
        }
        // Kafka timestamps that are missing are held against the clock.
        readings.removeIf(each -> each.writtenMillis() < 0);

        assertThat(marks(readings, new Random(1))).isEqualTo(marks(readings, new Random(2)));
    }

    private static List<Long> marks(List<Decoded.Observed> readings, Random pauses) {
        HandClock clock = new HandClock(NOON);
        PartitionWatermarks partition = partition(clock, new SubtaskActivity(clock), false);
        ShownWatermarks shown = new ShownWatermarks();
        List<Long> marks = new ArrayList<>();
        for (Decoded.Observed reading : readings) {
            clock.advance(pauses.nextInt(100_000));
            partition.onPeriodicEmit(shown);
            partition.onEvent(reading, reading.observation().eventTimeMillis(), shown);
            marks.add(shown.watermark());
        }
        return marks;
    }
}
