package io.tickformer.cli.demo;

import io.tickformer.console.UserError;
import java.time.Duration;
import java.time.Instant;

/**
 * Settings of a simulated fleet. The same settings give the same deliveries.
 *
 * @param meters number of meters, 1 to 100,000
 * @param seed random seed
 * @param tickMillis length of a tick in milliseconds
 * @param readingsPerTick readings of a meter in a tick; divides the tick length
 * @param startMillis start of the first tick, in milliseconds since the epoch
 */
record FleetSettings(
        int meters, long seed, long tickMillis, int readingsPerTick, long startMillis) {
    static final int DEFAULT_METERS = 24;
    static final long DEFAULT_SEED = 7;

    private static final int MOST_METERS = 100_000;
    private static final long TICK_MILLIS = Duration.ofHours(1).toMillis();
    private static final int READINGS_PER_TICK = 4;

    /** A Monday. */
    private static final long START_MILLIS = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

    FleetSettings {
        if (meters < 1 || meters > MOST_METERS) {
            throw new UserError(
                    "meters is %d; expected 1 to %,d meters".formatted(meters, MOST_METERS));
        }
        if (readingsPerTick < 1 || tickMillis % readingsPerTick != 0) {
            throw new IllegalArgumentException(
                    "%d readings do not divide a tick of %d ms"
                            .formatted(readingsPerTick, tickMillis));
        }
    }

    /** Hourly ticks with a reading every 15 minutes, from the start of 2024. */
    static FleetSettings of(int meters, long seed) {
        return new FleetSettings(meters, seed, TICK_MILLIS, READINGS_PER_TICK, START_MILLIS);
    }

    long readingMillis() {
        return tickMillis / readingsPerTick;
    }
}
