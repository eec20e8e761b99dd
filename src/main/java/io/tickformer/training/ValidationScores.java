package io.tickformer.training;

import io.tickformer.annotation.Internal;

/**
 * Errors of the forecasts of the validation set. All but the loss are means over windows and
 * horizon steps, in standard deviations of each series over its training part, so they are
 * comparable with standard benchmarks.
 *
 * @param loss training loss, in the frames of the tokens
 * @param pinball pinball loss, averaged over quantile levels
 * @param mse squared error of the median
 * @param mae absolute error of the median
 * @param mseOfMean squared error of the forecast mean
 * @param maeOfMean absolute error of the forecast mean
 */
@Internal
public record ValidationScores(
        double loss, double pinball, double mse, double mae, double mseOfMean, double maeOfMean) {
    /** NaN scores before the first validation. */
    public static final ValidationScores NONE =
            new ValidationScores(
                    Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
