package io.tickformer.lab.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param series number of series
 * @param eventsPerTick events of a series in a tick
 * @param parallelism subtasks of the job and partitions of its topics
 * @param backlogEvents events that wait in the topic that is drained
 * @param warmUp left out of what is measured, from the first forecast on
 * @param measured time that is measured at each load, at most
 * @param patience how long forecasts may be behind the last event at a fixed rate
 */
record PipelinePlan(
        int series,
        int eventsPerTick,
        int parallelism,
        long backlogEvents,
        Duration warmUp,
        Duration measured,
        Duration patience) {

    /** Warm-up and measured time. */
    Duration whole() {
        return warmUp.plus(measured);
    }

    /** The stream of events that all variants are given. */
    EventStream events(long tickMillis) {
        return new EventStream(series, eventsPerTick, parallelism, tickMillis);
    }
}
