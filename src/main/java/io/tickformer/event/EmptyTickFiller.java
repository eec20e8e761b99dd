package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.util.Objects;

/**
 * Computes the values of the empty ticks of a series. Serving, training, histories and backtests
 * all use it, so that an empty tick has the same value everywhere.
 *
 * <p>A series is alive from a reading on until {@code lifeTicks} consecutive ticks had no reading.
 * While it is alive, the rule gives the value of an empty tick. Otherwise an empty tick is missing.
 * A value that fills an empty tick is not a reading, so it does not keep a series alive.
 *
 * @param rule meaning of an empty tick while the series is alive
 * @param lifeTicks number of ticks that a series is alive after a reading, the tick of the reading
 *     included; at least 1
 */
@Internal
public record EmptyTickFiller(EmptyTickPolicy rule, int lifeTicks) {
    public EmptyTickFiller {
        Objects.requireNonNull(rule, "rule");
        if (lifeTicks < 1) {
            throw new IllegalArgumentException(
                    "a series lives for %d ticks; expected at least 1".formatted(lifeTicks));
        }
    }

    /** Whether a series is alive at a tick, given its newest reading up to that tick. */
    public boolean isAlive(long tick, long newestReading) {
        return tick - newestReading < lifeTicks;
    }

    /**
     * Returns the value of an empty tick; NaN if it is missing.
     *
     * @param newestReading the newest tick before it with a reading; ignored if {@code before} is
     *     NaN
     * @param before the value of the tick before it; NaN if that is missing
     */
    public double value(long tick, long newestReading, double before) {
        if (rule == EmptyTickPolicy.MISSING
                || Double.isNaN(before)
                || !isAlive(tick, newestReading)) {
            return Double.NaN;
        }
        return rule == EmptyTickPolicy.ZERO ? 0 : before;
    }
}
