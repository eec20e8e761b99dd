package io.tickformer.evaluation;

/**
 * How the medians of forecasts did, in the unit of the series, beside seasonal naive on exactly the
 * same targets.
 *
 * @param targets pairs of a forecast step and the value that came of it
 * @param meanAbsoluteError of the median; NaN without targets
 * @param seasonalNaiveError mean absolute error of seasonal naive; NaN without targets
 */
public record Score(long targets, double meanAbsoluteError, double seasonalNaiveError) {
    /** The error as a share of the baseline's: below 1 is better than seasonal naive. */
    public double relativeError() {
        return meanAbsoluteError / seasonalNaiveError;
    }
}
