package io.tickformer.training;

import io.tickformer.history.TickSeries;

/**
 * The values of some ticks in a row of one series, in memory.
 *
 * @param from index of the first tick
 * @param values one for each tick; NaN where it is missing
 */
record TickValues(long from, double[] values) {
    /** Reads the ticks up to, but without, {@code end}; those outside the series are missing. */
    static TickValues read(TickSeries series, long from, long end) {
        return new TickValues(from, series.values(from, end));
    }

    /** The value of one of the ticks. */
    double at(long tick) {
        return values[(int) (tick - from)];
    }
}
