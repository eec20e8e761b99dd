package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Objects;

/**
 * A tick at which an unusual event begins, or becomes much worse. It depends on the stream alone.
 * If a late reading changes the tick, there is another anomaly of it, and the newest one counts.
 *
 * @param series the series key
 * @param tickIndex the tick
 * @param tickTimeMillis start of that tick, in milliseconds since the Unix epoch
 * @param tickMillis length of a tick in milliseconds
 * @param value the value of the tick
 * @param expected the value less the deviation that stands out most: the median of the forecast
 *     made one tick before, or up to 96 ticks before, or, of a deviation that lasts, the value less
 *     its mean over 16 ticks; NaN if there is none
 * @param score how unusual it is, in decimal orders of magnitude: about 3 if a deviation like this
 *     is seen once in 1,000 ticks of the series, 4 once in 10,000
 * @param isHigh whether the values are above the forecasts; else they are below
 * @param isWithdrawn whether a late reading showed that the tick is no anomaly, though there was
 *     one of it before
 */
@Public
public record Anomaly(
        String series,
        long tickIndex,
        long tickTimeMillis,
        long tickMillis,
        double value,
        double expected,
        double score,
        boolean isHigh,
        boolean isWithdrawn) {
    public Anomaly {
        Objects.requireNonNull(series, "series");
    }

    /** An anomaly that is not withdrawn. */
    public Anomaly(
            String series,
            long tickIndex,
            long tickTimeMillis,
            long tickMillis,
            double value,
            double expected,
            double score,
            boolean isHigh) {
        this(series, tickIndex, tickTimeMillis, tickMillis, value, expected, score, isHigh, false);
    }
}
