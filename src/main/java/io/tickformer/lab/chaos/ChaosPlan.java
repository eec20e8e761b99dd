package io.tickformer.lab.chaos;

import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The setup of a run.
 *
 * @param faults the planned faults
 * @param seed of the events and the faults
 * @param series number of series
 * @param tickPause wall-clock time between ticks of the producer
 * @param settings additional settings of the job
 */
record ChaosPlan(
        List<Fault> faults,
        long seed,
        int series,
        Duration tickPause,
        Map<String, String> settings) {
    /** Partitions of every topic: more than subtasks, so that watermarks must be merged. */
    static final int PARTITIONS = 4;

    /** A small streaming transformer: P = 4, W = 6, L = 2, so T = 44; H = 8. */
    static ForecastSpec spec() {
        return ForecastSpec.streaming()
                .tickMillis(ChaosStream.TICK_MILLIS)
                .patchLength(4)
                .attentionWindow(6)
                .horizon(8)
                .layers(2)
                .width(32)
                .heads(2)
                .feedForwardWidth(64)
                .build();
    }

    /** The events, equal on every call. */
    ChaosStream stream() {
        return new ChaosStream(seed, series, PARTITIONS, 2 * spec().contextLength());
    }
}
