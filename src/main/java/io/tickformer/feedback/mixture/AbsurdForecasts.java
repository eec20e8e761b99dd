package io.tickformer.feedback.mixture;

/**
 * Bounds what an absurd forecast can do to a mixture. A simple forecaster repeats whatever the
 * series said, and a reading may be off by any factor.
 *
 * <p><b>Mixing.</b> A forecaster has its say up to a reach from the weightiest one; beyond, it
 * counts as if it lay at the reach. So one absurd forecast with a weight of a thousandth moves the
 * mixture by a thousandth of the reach.
 *
 * <p><b>Learning.</b> Of the first errors of a step, none counts more than some widths of the
 * forecast, because nothing else says yet which errors are usual.
 */
final class AbsurdForecasts {
    /** A forecaster has its say up to so many usual errors away from the weightiest one. */
    private static final double REACH_UNITS = 30;

    /** And up to so many widths of the model's forecast. */
    private static final double REACH_WIDTHS = 8;

    /** Of a step with fewer errors, none counts more than {@value #YOUNG_WIDTHS} widths. */
    private static final int YOUNG_TARGETS = 50;

    /** In widths of the forecast that was issued. */
    private static final double YOUNG_WIDTHS = 4;

    private AbsurdForecasts() {}

    /**
     * How far a forecaster may lie from the weightiest one.
     *
     * @param unit the usual error of the step; 0 if unknown, then the reach is unlimited
     */
    static double reach(double unit) {
        return unit > 0 ? REACH_UNITS * unit : Double.MAX_VALUE;
    }

    /**
     * The same if the model's forecast is known.
     *
     * @param reach what {@link #reach(double)} gives
     * @param width distance of the outermost quantiles of the model
     */
    static double reach(double reach, double modelWeight, double width) {
        return modelWeight > 0 ? Math.min(reach, REACH_WIDTHS * width) : reach;
    }

    /** The weighted mean of the three forecasts, each within reach of the weightiest one. */
    static double mean(
            double modelWeight,
            double naiveWeight,
            double seasonalWeight,
            double reach,
            double model,
            double naive,
            double seasonal) {
        double base = weightiest(modelWeight, naiveWeight, seasonalWeight, model, naive, seasonal);
        // Relative to the base, so that forecasts that agree are not rounded.
        double shift = modelWeight * within(reach, model - base);
        shift += naiveWeight * within(reach, naive - base);
        shift += seasonalWeight * within(reach, seasonal - base);
        return base + shift;
    }

    /** The forecast with more than half of the weight; without one, that in the middle. */
    private static double weightiest(
            double modelWeight,
            double naiveWeight,
            double seasonalWeight,
            double model,
            double naive,
            double seasonal) {
        if (modelWeight >= 0.5) {
            return model;
        }
        if (naiveWeight >= 0.5) {
            return naive;
        }
        if (seasonalWeight >= 0.5) {
            return seasonal;
        }
        return Math.max(Math.min(model, naive), Math.min(Math.max(model, naive), seasonal));
    }

    /**
     * How much an error may count.
     *
     * @param errors number of errors of the step so far
     * @param width distance of the outermost quantiles of the forecast that was issued
     */
    static double mostError(double errors, double width) {
        return errors < YOUNG_TARGETS && width > 0 ? YOUNG_WIDTHS * width : Double.MAX_VALUE;
    }

    /** A distance, at most the reach in either direction. */
    static double within(double reach, double distance) {
        return distance > reach ? reach : distance < -reach ? -reach : distance;
    }
}
