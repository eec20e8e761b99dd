package io.tickformer.training;

/**
 * How good forecasts of the part of the history that validates are. All but the loss are means over
 * windows and horizon steps in standard deviations of each series, taken over its values before the
 * validation part, so that they are what a standardised protocol of evaluation finds there.
 *
 * @param loss what training minimises, in the frames of the tokens
 * @param pinball pinball loss, averaged over quantile levels
 * @param mse squared error of the median
 * @param mae absolute error of the median
 * @param mseOfMean squared error of the forecast mean
 * @param maeOfMean absolute error of the forecast mean
 */
public record ValidationScores(
        double loss, double pinball, double mse, double mae, double mseOfMean, double maeOfMean) {
    /** Before the first validation: no numbers. */
    public static final ValidationScores NONE =
            new ValidationScores(
                    Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
