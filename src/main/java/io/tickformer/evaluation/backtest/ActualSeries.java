package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.history.TickSeries;
import java.util.Arrays;
import java.util.Objects;

/**
 * The actual values of a series on the tick grid. They are in memory, because every value is read
 * many times.
 *
 * @param series the series key
 * @param firstTick index of the first tick
 * @param values one per tick; NaN if missing
 * @param readings which ticks have a reading; the other values are missing or fill an empty tick
 */
@Internal
public record ActualSeries(String series, long firstTick, double[] values, boolean[] readings) {
    /** A series in which every value is a reading. */
    public ActualSeries(String series, long firstTick, double[] values) {
        this(series, firstTick, values, present(values));
    }

    private static boolean[] present(double[] values) {
        boolean[] present = new boolean[values.length];
        for (int i = 0; i < values.length; i++) {
            present[i] = !Double.isNaN(values[i]);
        }
        return present;
    }

    static ActualSeries of(TickSeries ticks) {
        return new ActualSeries(
                ticks.series(),
                ticks.firstTick(),
                ticks.values(),
                ticks.readings(ticks.firstTick(), ticks.endTick()));
    }

    /** A series without values. */
    static ActualSeries none(String series) {
        return new ActualSeries(series, 0, new double[0]);
    }

    /** Index of the tick after the last. */
    public long endTick() {
        return firstTick + values.length;
    }

    /** The value of a tick; NaN if it is missing or outside the series. */
    public double valueAt(long tick) {
        long position = tick - firstTick;
        return position >= 0 && position < values.length ? values[(int) position] : Double.NaN;
    }

    /** The value of a tick if it comes from readings; otherwise NaN. */
    public double readingAt(long tick) {
        long position = tick - firstTick;
        return position >= 0 && position < values.length && readings[(int) position]
                ? values[(int) position]
                : Double.NaN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActualSeries that
                && series.equals(that.series)
                && firstTick == that.firstTick
                && Arrays.equals(values, that.values)
                && Arrays.equals(readings, that.readings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, firstTick, values.length);
    }
}
