package io.tickformer.evaluation.backtest;

import io.tickformer.event.TickAggregate;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.TickSeries;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a series turned out to be, on the tick grid and in memory, as every value of it is looked at
 * many times.
 *
 * @param series the series key
 * @param firstTick index of the first tick
 * @param values one for each tick; NaN where it is missing
 */
public record ActualSeries(String series, long firstTick, double[] values) {
    static ActualSeries of(SeriesHistory history, long tickMillis, TickAggregate aggregate) {
        TickSeries ticks = TickSeries.of(history, tickMillis, aggregate);
        return new ActualSeries(ticks.series(), ticks.firstTick(), ticks.values());
    }

    /** Of which nothing is known. */
    static ActualSeries none(String series) {
        return new ActualSeries(series, 0, new double[0]);
    }

    /** Index of the tick after the last. */
    public long endTick() {
        return firstTick + values.length;
    }

    /** The value of a tick; NaN where it is missing or outside the series. */
    public double valueAt(long tick) {
        long position = tick - firstTick;
        return position >= 0 && position < values.length ? values[(int) position] : Double.NaN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActualSeries that
                && series.equals(that.series)
                && firstTick == that.firstTick
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, firstTick, values.length);
    }
}
