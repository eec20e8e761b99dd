package io.tickformer.lab.drill;

import io.tickformer.event.Tick;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.NetworkArchitecture;
import java.time.Instant;

/**
 * The time of a drill. Ticks are counted from 0; a fault strikes at tick {@link #at}, when every
 * context is full.
 *
 * @param tickMillis length of a tick
 * @param patch ticks of a patch
 * @param ring ticks that a context reaches back
 * @param steps of a forecast that are judged, from the first on
 * @param series of each case
 * @param span ticks whose forecasts are judged
 */
record DrillGrid(long tickMillis, int patch, int ring, int steps, int series, int span) {
    /** A Monday, so that weeks begin where series do. */
    private static final Instant BEGIN = Instant.parse("2025-01-06T00:00:00Z");

    /** A token shorter than this is no patch. */
    private static final int LEAST_PATCH = 8;

    private static final int USUAL_PATCH = 24;

    /** The time of a drill with a model. */
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

    /** Index of a tick of the drill on the grid of all series. */
    long index(int tick) {
        return Tick.indexOf(BEGIN.toEpochMilli(), tickMillis) + tick;
    }

    /** When a tick of the drill begins, in milliseconds since the Unix epoch. */
    long millis(int tick) {
        return index(tick) * tickMillis;
    }

    /** The tick of the drill with an index. */
    int tick(long index) {
        return (int) (index - index(0));
    }
}
