package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Arrays;
import java.util.Objects;

/**
 * One observed interval of the regular time grid of a series: the aggregate of the observations in
 * it. A tick without observations has no {@code Tick}.
 *
 * <p>It may hold all channels of a record. The array is owned by this object and must not be
 * changed.
 *
 * @param series the series key; with several channels, the key of their record
 * @param index the tick index, {@code floorDiv(eventTimeMillis, tickMillis)}, the same grid for
 *     every series
 * @param values the aggregate of the observations, one per channel; NaN for a channel without
 *     observations, otherwise finite; at least one is finite
 */
@Public
public record Tick(String series, long index, double[] values) {
    public Tick {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(values, "values");
    }

    /** A tick of a single series. */
    public Tick(String series, long index, double value) {
        this(series, index, new double[] {value});
    }

    /** The value of a single series, or of the first channel. */
    public double value() {
        return values[0];
    }

    /** Returns the index of the tick that contains an event time. */
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
