package io.tickformer.event;

import java.util.Objects;

/**
 * The values of the empty ticks of a series. The one place that says them: contexts in service and
 * in training, histories on a grid and backtests all ask here.
 *
 * <p>A series lives from a reading until {@code lifeTicks} ticks in a row had none. While it lives,
 * an empty tick is as the rule says; after that, and before its first reading, it is missing. What
 * fills an empty tick is no reading, so that a series does not live on by its own zeros.
 *
 * @param rule what an empty tick of a series that lives is
 * @param lifeTicks ticks that a series lives from a reading on, that of the reading included; at
 *     least 1
 */
public record EmptyTicks(EmptyTick rule, int lifeTicks) {
    public EmptyTicks {
        Objects.requireNonNull(rule, "rule");
        if (lifeTicks < 1) {
            throw new IllegalArgumentException(
                    "a series lives for %d ticks; expected at least 1".formatted(lifeTicks));
        }
    }

    /** Whether a series still lives at a tick, by the newest tick up to there with a reading. */
    public boolean isAlive(long tick, long newestReading) {
        return tick - newestReading < lifeTicks;
    }

    /**
     * The value of an empty tick.
     *
     * @param newestReading the newest tick before it with a reading; of no meaning where there is
     *     no value before
     * @param before the value of the tick before it; NaN where that is missing
     * @return NaN where the tick is missing
     */
    public double value(long tick, long newestReading, double before) {
        if (rule == EmptyTick.MISSING || Double.isNaN(before) || !isAlive(tick, newestReading)) {
            return Double.NaN;
        }
        return rule == EmptyTick.ZERO ? 0 : before;
    }
}
