package io.tickformer.lab.plan;

import io.tickformer.console.UserError;
import java.time.Duration;

/**
 * Everything that a plan is a function of.
 *
 * @param series of the whole fleet
 * @param tick how often each is forecast
 * @param valuesPerRecord series that a record of the input topic brings a value for
 * @param channels series that the model forecasts as one, with one context; 1 where each by itself
 * @param costs what a context costs
 * @param cacheBytes memory of all caches together; {@link #ROOM_FOR_ALL}
 * @param coresPerTaskManager cores of a TaskManager, and slots
 * @param cores those that there are; 0 for as many as are needed
 * @param utilisation share of a core's time that is planned with
 * @param checkpointInterval time between two checkpoints
 * @param inputBytes of a record of the input topic, its key and frame included
 * @param forecastBytes of a record of the output topic, its key and frame included
 * @param partitionBytesPerSecond that a partition takes in or gives out
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

    /** Value of {@link #cacheBytes} for as much as holds every series. */
    static final long ROOM_FOR_ALL = -1;

    static final long MOST_SERIES = 100_000_000;

    /**
     * What a context costs; of a model that mixes channels, all of them together.
     *
     * @param stepMicros a forecast from the cache
     * @param prefillMicros a forecast without
     * @param jobMicros all else that a job does for a forecast
     * @param cacheBytes of a context; 0 where the model cannot be evaluated incrementally
     * @param stateBytes of a context in a state backend and a checkpoint, its key included
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

    /** Contexts that are kept: of each series, or of each record that is forecast as one. */
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
