package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.lab.bench.Timeline.Sample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000;

    private final Timeline timeline = new Timeline();

    @Test
    void theWarmUpIsLeftOut() {
        timeline.add(new Sample(10 * SECOND, 5, SECOND, 1_000));
        timeline.add(new Sample(11 * SECOND, 10, 2 * SECOND, 2_000));
        timeline.add(new Sample(12 * SECOND, 110, 3 * SECOND, 12_000));
        timeline.add(new Sample(14 * SECOND, 310, 3 * SECOND + 400_000, 52_000));
        assertThat(timeline.steady(Duration.ofSeconds(2))).isEqualTo(new Throughput(100, 2, 200));
    }

    @Test
    void ofALongWarmUpTheLatterHalfCounts() {
        timeline.add(new Sample(0, 1, 0, 0));
        timeline.add(new Sample(SECOND, 11, 0, 0));
        timeline.add(new Sample(2 * SECOND, 31, 0, 0));
        assertThat(timeline.steady(Duration.ofMinutes(1)).forecastsPerSecond()).isEqualTo(20);
    }

    @Test
    void timeWithoutForecastsAtTheEndDoesNotCount() {
        timeline.add(new Sample(0, 1, 0, 0));
        timeline.add(new Sample(SECOND, 11, 0, 0));
        timeline.add(new Sample(9 * SECOND, 11, 0, 0));
        assertThat(timeline.steady(Duration.ZERO).forecastsPerSecond()).isEqualTo(10);
    }

    @Test
    void fromOneSampleNothingFollows() {
        timeline.add(new Sample(0, 1, 0, 0));
        assertThat(timeline.steady(Duration.ZERO).forecastsPerSecond()).isNaN();
    }
}
