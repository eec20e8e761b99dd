package io.tickformer.lab.plan;

import java.util.List;

/**
 * The resources that a fleet needs.
 *
 * @param forecastsPerSecond of all series
 * @param compute resources with the requested cache
 * @param load utilisation of the given cores; NaN if none were given
 * @param cacheBytesForAll memory of a cache that holds every series
 * @param stateBytes of all contexts
 * @param checkpointBytesPerSecond with full checkpoints
 * @param incrementalBytesPerSecond with incremental checkpoints, which hold the changed contexts
 * @param input traffic of the observations topic
 * @param output traffic of the forecasts topic
 * @param partitions of each topic
 * @param choices the same resources with smaller and larger caches
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
     * Computing resources for a cache of some size.
     *
     * @param cacheBytes memory of all caches together
     * @param hitRate share of forecasts with a cache hit
     * @param micros processor time per forecast
     * @param cores number of fully busy cores
     * @param slots number of slots, one core each, at the planned utilisation: subtasks of the job
     * @param taskManagers that hold the slots
     */
    record Compute(
            long cacheBytes,
            double hitRate,
            double micros,
            double cores,
            long slots,
            long taskManagers) {}

    /**
     * Traffic of a topic.
     *
     * @param recordsPerSecond records
     * @param bytesPerSecond bytes before compression and replication
     */
    record Traffic(double recordsPerSecond, double bytesPerSecond) {}
}
