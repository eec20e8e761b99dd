package io.tickformer.event;

import java.util.Arrays;
import java.util.Objects;

/**
 * One observed step of the regular grid of a series: the aggregate of the observations that fall
 * into it. A tick without observations is missing and has no {@code Tick}.
 *
 * <p>It may be a step of all channels of a record at once. The array is owned by the record and
 * must not be changed.
 *
 * @param series the series key; of several channels the key of their record
 * @param index the tick index, {@code floorDiv(eventTimeMillis, tickMillis)}, the same grid for
 *     every series
 * @param values the aggregate of the tick's observations, one for each channel; finite, but NaN for
 *     a channel without observations, which not all are
 */
public record Tick(String series, long index, double[] values) {
    public Tick {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(values, "values");
    }

    /** A tick of a single series. */
    public Tick(String series, long index, double value) {
        this(series, index, new double[] {value});
    }

    /** The value of a single series; of several channels, the first. */
    public double value() {
        return values[0];
    }

    /** The index of the tick that holds an event time, on a grid of steps of {@code tickMillis}. */
    public static long indexOf(long eventTimeMillis, long tickMillis) {
        return Math.floorDiv(eventTimeMillis, tickMillis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tick that
                && series.equals(that.series)
                && index == that.index
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, index, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return "Tick[series=%s, index=%d, values=%s]"
                .formatted(series, index, Arrays.toString(values));
    }
}
