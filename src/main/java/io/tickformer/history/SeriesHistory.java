package io.tickformer.history;

import java.util.Arrays;
import java.util.Objects;

/**
 * What is known of one series: a value, or none, at each of its event times. The arrays are owned
 * by the record and must not be changed.
 *
 * @param series the series key
 * @param eventTimeMillis event times in milliseconds since the Unix epoch, never going back
 * @param values one for each event time; NaN where it is missing
 */
public record SeriesHistory(String series, long[] eventTimeMillis, double[] values) {
    public SeriesHistory {
        Objects.requireNonNull(series, "series");
        if (eventTimeMillis.length != values.length) {
            throw new IllegalArgumentException(
                    "series %s has %d event times and %d values; expected as many of each"
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

    /** What was known before a time. */
    SeriesHistory before(long endMillis) {
        int end = eventTimeMillis.length;
        while (end > 0 && eventTimeMillis[end - 1] >= endMillis) {
            end--;
        }
        return end == eventTimeMillis.length
                ? this
                : new SeriesHistory(
                        series, Arrays.copyOf(eventTimeMillis, end), Arrays.copyOf(values, end));
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
