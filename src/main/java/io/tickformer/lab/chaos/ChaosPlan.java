package io.tickformer.lab.chaos;

import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a run consists of.
 *
 * @param faults what is killed and when
 * @param seed of the events, and of the faults
 * @param series number of series
 * @param tickPause time from tick to tick of the producer, whatever ticks are in event time
 * @param settings of the job beside those of the run
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
        return ForecastSpec.streaming(ChaosStream.TICK_MILLIS, 4, 6, 8, 2, 32, 2, 64);
    }

    /** The events; whoever asks gets the same. */
    ChaosStream stream() {
        return new ChaosStream(seed, series, PARTITIONS, 2 * spec().contextLength());
    }
}
