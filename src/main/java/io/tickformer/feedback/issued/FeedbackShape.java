package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.util.Arrays;
import java.util.Objects;

/**
 * The sizes of the forecasts of a job. All its series have the same.
 *
 * @param horizon H, number of horizon steps of an issued forecast
 * @param quantileLevels Q quantile levels of an issued forecast, ascending; the record owns the
 *     array
 * @param season ticks in a season, at least 1
 * @param tickMillis length of a tick in milliseconds
 */
@Internal
public record FeedbackShape(int horizon, double[] quantileLevels, int season, long tickMillis) {
    public FeedbackShape {
        if (horizon < 1 || quantileLevels.length < 1 || season < 1 || tickMillis < 1) {
            throw new IllegalArgumentException(
                    ("%d horizon steps, %d quantile levels, a season of %d ticks of %d ms; expected"
                                    + " at least 1 of each")
                            .formatted(horizon, quantileLevels.length, season, tickMillis));
        }
    }

    /** Q, the number of quantile levels. */
    public int levels() {
        return quantileLevels.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FeedbackShape that
                && horizon == that.horizon
                && Arrays.equals(quantileLevels, that.quantileLevels)
                && season == that.season
                && tickMillis == that.tickMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(horizon, Arrays.hashCode(quantileLevels), season, tickMillis);
    }
}
