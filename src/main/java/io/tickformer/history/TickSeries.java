package io.tickformer.history;

import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import java.util.Arrays;
import java.util.Objects;

/**
 * One series on the tick grid, from its first observed tick to its last. The array is owned by the
 * record and must not be changed.
 *
 * @param series the series key
 * @param firstTick index of the first tick
 * @param values one for each tick; NaN where it is missing
 */
public record TickSeries(String series, long firstTick, double[] values) {
    /** More ticks than this in one series mean a wrong tick length rather than a long history. */
    private static final long MOST_TICKS = 100_000_000;

    public TickSeries {
        Objects.requireNonNull(series, "series");
    }

    /**
     * Puts a history on the grid, each tick the aggregate of its observations.
     *
     * @throws HistoryException if there is no observation, or the grid is far too fine for the span
     */
    public static TickSeries of(SeriesHistory history, long tickMillis, TickAggregate aggregate) {
        long[] times = history.eventTimeMillis();
        double[] values = history.values();
        int first = 0;
        int end = values.length;
        while (first < end && Double.isNaN(values[first])) {
            first++;
        }
        while (end > first && Double.isNaN(values[end - 1])) {
            end--;
        }
        if (first == end) {
            throw new HistoryException(
                    "series %s has no observed value".formatted(history.series()));
        }
        long firstTick = Tick.indexOf(times[first], tickMillis);
        long ticks = Tick.indexOf(times[end - 1], tickMillis) - firstTick + 1;
        if (ticks > MOST_TICKS) {
            throw new HistoryException(
                    ("series %s spans %d ticks of %d ms; expected at most %d: give a longer tick"
                                    + " (--tick)")
                            .formatted(history.series(), ticks, tickMillis, MOST_TICKS));
        }
        double[] grid = new double[(int) ticks];
        Arrays.fill(grid, Double.NaN);
        TickAccumulator accumulator = new TickAccumulator();
        int i = first;
        while (i < end) {
            long tick = Tick.indexOf(times[i], tickMillis);
            accumulator.clear();
            for (; i < end && Tick.indexOf(times[i], tickMillis) == tick; i++) {
                if (!Double.isNaN(values[i])) {
                    accumulator.add(times[i], values[i]);
                }
            }
            if (!accumulator.isEmpty()) {
                grid[(int) (tick - firstTick)] = accumulator.value(aggregate);
            }
        }
        return new TickSeries(history.series(), firstTick, grid);
    }

    /** Number of ticks, observed or missing. */
    public int length() {
        return values.length;
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
        return other instanceof TickSeries that
                && series.equals(that.series)
                && firstTick == that.firstTick
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, firstTick, Arrays.hashCode(values));
    }
}
