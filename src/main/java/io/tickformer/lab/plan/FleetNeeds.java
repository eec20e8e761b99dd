package io.tickformer.lab.plan;

import java.util.List;

/**
 * What a fleet needs.
 *
 * @param forecastsPerSecond of all series
 * @param compute with the cache that was asked for
 * @param load share of the given cores that is busy; NaN where none were given
 * @param cacheBytesForAll memory of a cache that holds every series
 * @param stateBytes of all contexts
 * @param checkpointBytesPerSecond where each checkpoint holds all contexts
 * @param incrementalBytesPerSecond where it holds those that have changed since the one before
 * @param input of the topic of observations
 * @param output of the topic of forecasts
 * @param partitions of each topic
 * @param choices the same with more or less of the cache
 */
record FleetNeeds(
        double forecastsPerSecond,
        Compute compute,
        double load,
        long cacheBytesForAll,
        long stateBytes,
        double checkpointBytesPerSecond,
        double incrementalBytesPerSecond,
        Traffic input,
        Traffic output,
        long partitions,
        List<Compute> choices) {

    /**
     * What computes, with a cache of some size.
     *
     * @param cacheBytes memory of all caches together
     * @param hitRate share of the forecasts that are computed from it
     * @param micros processor time of a forecast
     * @param cores that are busy all the time
     * @param slots a core each, busy for the share that is planned with: subtasks of the job
     * @param taskManagers that hold them
     */
    record Compute(
            long cacheBytes,
            double hitRate,
            double micros,
            double cores,
            long slots,
            long taskManagers) {}

    /**
     * What goes through a topic.
     *
     * @param recordsPerSecond records
     * @param bytesPerSecond bytes, before compression and replication
     */
    record Traffic(double recordsPerSecond, double bytesPerSecond) {}
}
