package io.tickformer.history;

import io.tickformer.annotation.Public;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The observations of one series. The record owns the arrays; do not change them.
 *
 * @param series the series key
 * @param eventTimeMillis event times in milliseconds since the Unix epoch; in ascending order when
 *     returned by a {@link History}, in any order when passed to one
 * @param values one per event time; NaN if missing
 */
@Public
public record SeriesHistory(String series, long[] eventTimeMillis, double[] values) {
    public SeriesHistory {
        Objects.requireNonNull(series, "series");
        if (eventTimeMillis.length != values.length) {
            throw new IllegalArgumentException(
                    "series %s has %d event times and %d values; expected equal numbers"
                            .formatted(series, eventTimeMillis.length, values.length));
        }
    }

    /** Number of values that are not missing. */
    public int observed() {
        int observed = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                observed++;
            }
        }
        return observed;
    }

    /** The same observations, stably sorted by {@code floorDiv(time, step)}. */
    SeriesHistory inOrderOf(long step) {
        // Sorting objects is stable; sorting primitives is not specified to be.
        int[] order =
                IntStream.range(0, values.length)
                        .boxed()
                        .sorted(
                                Comparator.comparingLong(
                                        i -> Math.floorDiv(eventTimeMillis[i], step)))
                        .mapToInt(Integer::intValue)
                        .toArray();
        long[] times = new long[order.length];
        double[] sorted = new double[order.length];
        for (int i = 0; i < order.length; i++) {
            times[i] = eventTimeMillis[order[i]];
            sorted[i] = values[order[i]];
        }
        return new SeriesHistory(series, times, sorted);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesHistory that
                && series.equals(that.series)
                && Arrays.equals(eventTimeMillis, that.eventTimeMillis)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, Arrays.hashCode(values));
    }
}
