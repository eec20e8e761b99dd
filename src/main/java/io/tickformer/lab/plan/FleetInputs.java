package io.tickformer.lab.plan;

import io.tickformer.console.UserError;
import java.time.Duration;

/**
 * The inputs of a plan.
 *
 * @param series number of series in the fleet
 * @param tick tick length: each series is forecast once per tick
 * @param valuesPerRecord number of series for which an input record holds a value
 * @param channels number of series that the model forecasts together with one context; 1 for a
 *     univariate model
 * @param costs cost of a context
 * @param cacheBytes memory of all caches together, or {@link #ROOM_FOR_ALL}
 * @param coresPerTaskManager cores, and slots, of a TaskManager
 * @param cores available cores; 0 for as many as needed
 * @param utilisation planned utilisation of a core
 * @param checkpointInterval time between checkpoints
 * @param inputBytes size of an input record with key and framing
 * @param forecastBytes size of an output record with key and framing
 * @param partitionBytesPerSecond throughput of a partition
 */
record FleetInputs(
        long series,
        Duration tick,
        int valuesPerRecord,
        int channels,
        ContextCosts costs,
        long cacheBytes,
        int coresPerTaskManager,
        int cores,
        double utilisation,
        Duration checkpointInterval,
        int inputBytes,
        int forecastBytes,
        long partitionBytesPerSecond) {

    /** Value of {@link #cacheBytes} for a cache that holds every series. */
    static final long ROOM_FOR_ALL = -1;

    static final long MOST_SERIES = 100_000_000;

    /**
     * The cost of a context; for a multichannel model, of all channels together.
     *
     * @param stepMicros time of a forecast with a cache hit
     * @param prefillMicros time of a forecast with a cache miss
     * @param jobMicros time that the rest of the job takes per forecast
     * @param cacheBytes of a context; 0 if the model cannot be evaluated incrementally
     * @param stateBytes of a context in the state backend and a checkpoint, with its key
     */
    record ContextCosts(
            double stepMicros,
            double prefillMicros,
            double jobMicros,
            long cacheBytes,
            long stateBytes) {}

    FleetInputs {
        require(series >= 1 && series <= MOST_SERIES, "--series", series, "1 to " + MOST_SERIES);
        require(
                valuesPerRecord >= 1 && valuesPerRecord <= 10_000,
                "--values-per-record",
                valuesPerRecord,
                "1 to 10000");
        require(
                cacheBytes >= 0 || cacheBytes == ROOM_FOR_ALL,
                "--cache-memory",
                cacheBytes,
                "zero or more bytes");
        require(
                coresPerTaskManager >= 1 && coresPerTaskManager <= 1_024,
                "--cores-per-task-manager",
                coresPerTaskManager,
                "1 to 1024");
        require(cores >= 0 && cores <= 1_000_000, "--cores", cores, "1 to 1000000");
        require(
                utilisation > 0 && utilisation <= 1,
                "--utilisation",
                utilisation,
                "more than 0, at most 1");
        require(
                costs.stepMicros() > 0 && costs.prefillMicros() > 0 && costs.jobMicros() >= 0,
                "--cost-micros",
                costs.stepMicros() + "," + costs.prefillMicros(),
                "more than 0, and --job-micros 0 or more");
    }

    private static void require(boolean holds, String option, Object given, String expected) {
        if (!holds) {
            throw new UserError("%s is %s; expected %s".formatted(option, given, expected));
        }
    }

    /** Number of contexts: one per series, or per record of a multichannel model. */
    long contexts() {
        return ceilDiv(series, channels);
    }

    static long ceilDiv(long a, long b) {
        return -Math.floorDiv(-a, b);
    }

    double tickSeconds() {
        return tick.toNanos() / 1e9;
    }
}
