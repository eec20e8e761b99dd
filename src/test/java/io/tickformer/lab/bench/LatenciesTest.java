package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    private static final long MILLI = 1_000_000;

    private final Latencies latencies = new Latencies(2, 0, 10);

    @Test
    void aLatencyIsFromTheEventThatCompletedTheTick() {
        latencies.completed(3, 1000 * MILLI);
        latencies.completed(4, 1100 * MILLI);
        latencies.arrived(3, 1005 * MILLI);
        latencies.arrived(3, 1007 * MILLI);
        assertThat(latencies.allArrived()).isFalse();
        latencies.arrived(4, 1101 * MILLI);
        latencies.arrived(4, 1150 * MILLI);
        assertThat(latencies.allArrived()).isTrue();
        assertThat(latencies.millis(0.25)).isEqualTo(1, within(0.01));
        assertThat(latencies.millis(0.5)).isEqualTo(5, within(0.01));
        assertThat(latencies.millis(0.99)).isEqualTo(50, within(0.1));
    }

    @Test
    void ticksThatWereNotCompletedInTheMeasuredTimeDoNotCount() {
        latencies.arrived(2, 5 * MILLI);
        latencies.arrived(-1, 5 * MILLI);
        latencies.arrived(10, 5 * MILLI);
        assertThat(latencies.allArrived()).isTrue();
        assertThat(latencies.millis(0.5)).isNaN();
    }

    @Test
    void ticksCountFromTheFirst() {
        Latencies later = new Latencies(1, 1_000_000, 2);
        later.completed(1_000_001, MILLI);
        later.arrived(1, 2 * MILLI);
        assertThat(later.allArrived()).isFalse();
        later.arrived(1_000_001, 4 * MILLI);
        assertThat(later.millis(1)).isEqualTo(3, within(0.01));
    }

    @Test
    void forecastsThatDoNotComeCountAsLateAsTheyAreAtLeast() {
        latencies.completed(0, MILLI);
        latencies.arrived(0, 2 * MILLI);
        latencies.giveUp(301 * MILLI);
        assertThat(latencies.allArrived()).isTrue();
        assertThat(latencies.millis(0.5)).isEqualTo(1, within(0.01));
        assertThat(latencies.millis(0.99)).isEqualTo(300, within(1.0));
    }
}
