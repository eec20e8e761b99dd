package io.tickformer.feedback.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When series that degrade together are a drift. */
final class DriftDetectorTest {
    private final List<DriftEvent> events = new ArrayList<>();
    private DriftDetector detector = new DriftDetector();

    @Test
    void manySeriesThatDegradeTogetherAreADriftThatEnds() {
        play(0, 100, 20, 1);
        play(100, 120, 20, 15);
        play(120, 140, 20, 1);
        assertThat(events).hasSize(2);
        DriftEvent begin = events.get(0);
        assertThat(begin.hasBegun()).isTrue();
        assertThat(begin.tick()).isEqualTo(102);
        assertThat(begin.series()).isEqualTo(20);
        assertThat(begin.degraded()).isEqualTo(15);
        assertThat(begin.usualShare()).isBetween(0.04, 0.1);
        assertThat(begin.errorRatio()).isBetween(1.7, 1.8);
        assertThat(begin.evidence()).isGreaterThan(9);
        assertThat(events.get(1).hasBegun()).isFalse();
        assertThat(events.get(1).tick()).isEqualTo(122);
        assertThat(detector.isDrifting()).isFalse();
    }

    @Test
    void aFewSeriesAreNoDrift() {
        play(0, 100, 20, 1);
        play(100, 200, 20, 4);
        play(200, 300, 4, 4);
        assertThat(events).isEmpty();
    }

    @Test
    void seriesThatDegradeAtRandomAreNoDrift() {
        Random random = new Random(5);
        for (int tick = 0; tick < 20_000; tick++) {
            int degraded = 0;
            for (int i = 0; i < 30; i++) {
                degraded += random.nextDouble() < 0.15 ? 1 : 0;
            }
            play(tick, tick + 1, 30, degraded);
        }
        assertThat(events).isEmpty();
    }

    @Test
    void reportsOfNeighbouringTicksMayComeInAnyOrder() {
        play(0, 100, 10, 0);
        for (int tick = 100; tick < 120; tick++) {
            for (int series = 0; series < 10; series++) {
                // Half of the series are a tick ahead of the others.
                report(tick + series % 2, tick + series % 2 >= 101);
            }
        }
        assertThat(events).hasSize(1);
        assertThat(events.get(0).series()).isEqualTo(10);
    }

    @Test
    void aDriftThatLastsIsTheNewUsual() {
        play(0, 100, 20, 0);
        play(100, 2_500, 20, 18);
        assertThat(events).extracting(DriftEvent::hasBegun).containsExactly(true, false);
        assertThat(detector.isDrifting()).isFalse();
    }

    @Test
    void aJumpOfTimeIsNotWalkedThrough() {
        play(0, 10, 10, 0);
        play(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2 + 10, 10, 10);
        assertThat(events).hasSize(1);
    }

    @Test
    void aStateThatWasWrittenAndReadGoesOnAlike() throws IOException {
        DriftDetector twin = detector;
        for (int part = 0; part < 8; part++) {
            play(part * 13L, part * 13L + 13, 10, part % 4 == 3 ? 9 : 0);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            detector.writeTo(new DataOutputStream(bytes));
            detector =
                    DriftDetector.readFrom(
                            new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        List<DriftEvent> copied = List.copyOf(events);
        events.clear();
        detector = new DriftDetector();
        for (int part = 0; part < 8; part++) {
            play(part * 13L, part * 13L + 13, 10, part % 4 == 3 ? 9 : 0);
        }
        assertThat(copied).isNotEmpty().isEqualTo(events);
        assertThat(twin).isNotSameAs(detector);
    }

    private void play(long from, long to, int series, int degraded) {
        for (long tick = from; tick < to; tick++) {
            for (int i = 0; i < series; i++) {
                report(tick, i < degraded);
            }
        }
    }

    private void report(long tick, boolean isDegraded) {
        detector.report(tick, isDegraded, isDegraded ? 2 : 1).ifPresent(events::add);
    }
}
