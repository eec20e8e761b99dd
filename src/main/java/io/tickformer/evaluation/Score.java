package io.tickformer.evaluation;

import io.tickformer.annotation.Internal;

/**
 * Errors of forecast medians in the unit of the series, and of seasonal naive on the same targets.
 *
 * @param targets number of scored forecast steps
 * @param meanAbsoluteError of the median; NaN without targets
 * @param seasonalNaiveError mean absolute error of seasonal naive; NaN without targets
 */
@Internal
public record Score(long targets, double meanAbsoluteError, double seasonalNaiveError) {
    /** The error divided by that of seasonal naive: below 1 is better. */
    public double relativeError() {
        return meanAbsoluteError / seasonalNaiveError;
    }
}
