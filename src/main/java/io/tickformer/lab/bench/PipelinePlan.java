package io.tickformer.lab.bench;

import java.time.Duration;

/**
 * The amount of measurement.
 *
 * @param series number of series
 * @param eventsPerTick events of a series per tick
 * @param parallelism subtasks of the job and partitions of its topics
 * @param backlogEvents events in the topic that is drained
 * @param warmUp time after the first forecast that is not measured
 * @param measured maximum measured time at each load
 * @param patience how long forecasts may lag behind the last event at a fixed rate
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

    /** The stream of events, equal for all variants. */
    EventStream events(long tickMillis) {
        return new EventStream(series, eventsPerTick, parallelism, tickMillis);
    }
}
