package io.tickformer.lab.drill;

import io.tickformer.event.Tick;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import java.time.Instant;

/**
 * The time axis of a drill. Ticks are counted from 0. The fault strikes at tick {@link #at}, when
 * every context is full.
 *
 * @param tickMillis length of a tick
 * @param patch ticks in a patch
 * @param ring ticks in a context
 * @param steps number of horizon steps that are scored
 * @param series number of series per case
 * @param span number of ticks whose forecasts are scored
 */
record DrillGrid(long tickMillis, int patch, int ring, int steps, int series, int span) {
    /** A Monday, so that weeks begin where series begin. */
    private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");

    /** Minimum patch length of a drill, for models with shorter patches. */
    private static final int LEAST_PATCH = 8;

    private static final int USUAL_PATCH = 24;

    /** The time axis for a model. */
    static DrillGrid of(ForecastSpec spec, int series, int patches) {
        int token =
                spec.architecture() instanceof NetworkArchitecture network
                        ? network.patchLength()
                        : USUAL_PATCH;
        int patch = token < LEAST_PATCH ? USUAL_PATCH : token;
        return new DrillGrid(
                spec.tickMillis(),
                patch,
                spec.ringTicks(),
                Math.min(spec.horizon(), patch),
                series,
                patches * patch);
    }

    /** The tick at which a fault strikes. */
    int at() {
        return ring + patch;
    }

    /** The index of a drill tick on the tick grid. */
    long index(int tick) {
        return Tick.indexOf(BEGIN.toEpochMilli(), tickMillis) + tick;
    }

    /** Start of a drill tick, in milliseconds since the Unix epoch. */
    long millis(int tick) {
        return index(tick) * tickMillis;
    }

    /** The drill tick with an index on the tick grid. */
    int tick(long index) {
        return (int) (index - index(0));
    }
}
