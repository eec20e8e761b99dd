package io.tickformer.feedback.score;

import io.tickformer.annotation.Internal;
import java.util.Arrays;

/**
 * A forecast of one horizon step, and the value of its target.
 *
 * @param published Q quantiles, ascending; the array may be reused after the call it is given to
 * @param naive the forecast of naive; NaN if there was none
 * @param seasonalNaive the forecast of seasonal naive; NaN if there was none
 * @param value of the target, finite
 */
@Internal
public record ScoredTarget(double[] published, double naive, double seasonalNaive, double value) {
    ScoredTarget withValue(double other) {
        return new ScoredTarget(published, naive, seasonalNaive, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoredTarget that
                && Arrays.equals(published, that.published)
                && Double.compare(naive, that.naive) == 0
                && Double.compare(seasonalNaive, that.seasonalNaive) == 0
                && value == that.value;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(published) * 31 + Double.hashCode(value);
    }
}
