package io.tickformer.feedback.mixture;

import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.ScoredSteps;
import java.util.Arrays;

/**
 * Mixes forecasts by factors that are given at the scored steps, and interpolated between them.
 * Reused from forecast to forecast; not thread-safe.
 */
final class ForecastMixer {
    // Places of the factors of a step, after the weights of the K forecasters.

    /** Factor of the model's spread, where it stands in for that of simple forecasters. */
    static final int SPREAD = MixedForecasters.COUNT;

    /** How far a forecaster may lie from the weightiest one. */
    static final int REACH = SPREAD + 1;

    /** Q places: the spread of the simple forecasters at each level, weighted. */
    static final int OWN = REACH + 1;

    private final ScoredSteps steps;
    private final int middle;
    private final int factors; // K + 2 + Q
    private final double[] given; // S x factors
    private final double[][] paths; // (K + 2) x H: factors over the horizon
    private final double[] own; // H, the spread at one level
    private final double[] centres; // H, medians of the model
    private final double[] medians; // H, of the mixture

    /** Room for forecasts of a shape. */
    ForecastMixer(FeedbackShape shape) {
        this.steps = shape.steps();
        this.middle = shape.curve().middle();
        this.factors = OWN + shape.levels();
        this.given = new double[steps.count() * factors];
        this.paths = new double[OWN][shape.horizon()];
        this.own = new double[shape.horizon()];
        this.centres = new double[shape.horizon()];
        this.medians = new double[shape.horizon()];
    }

    /** Sets all factors to zero. */
    void clear() {
        Arrays.fill(given, 0);
    }

    /** Sets a factor at a scored step. */
    void set(int position, int factor, double value) {
        given[position * factors + factor] = value;
    }

    /** Adds to a factor at a scored step. */
    void add(int position, int factor, double value) {
        given[position * factors + factor] += value;
    }

    /**
     * Mixes a forecast in place.
     *
     * @param forecast of the model on entry, of the mixture on return; finite
     * @param naive the forecast of naive, finite
     * @param seasonal H forecasts of seasonal naive; naive stands in where one is not finite
     */
    void mix(ForecastPaths forecast, double naive, double[] seasonal) {
        for (int factor = 0; factor < OWN; factor++) {
            steps.interpolate(given, factor, factors, paths[factor]);
        }
        mixMedians(forecast, naive, seasonal);
        for (int level = 0; level < forecast.levels(); level++) {
            steps.interpolate(given, OWN + level, factors, own);
            mixLevel(forecast.quantiles(level));
            if (level > 0) {
                forecast.keepAboveLevelBefore(level);
            }
        }
    }

    private void mixMedians(ForecastPaths forecast, double naive, double[] seasonal) {
        double[] lowest = forecast.quantiles(0);
        double[] highest = forecast.quantiles(forecast.levels() - 1);
        double[] middles = forecast.quantiles(middle);
        double[] mean = forecast.mean();
        boolean hasWidth = forecast.levels() > 1;
        for (int step = 0; step < mean.length; step++) {
            double modelWeight = paths[MixedForecasters.MODEL][step];
            double centre = middles[step];
            centres[step] = centre;
            medians[step] =
                    AbsurdForecasts.mean(
                            modelWeight,
                            paths[MixedForecasters.NAIVE][step],
                            paths[MixedForecasters.SEASONAL][step],
                            AbsurdForecasts.reach(
                                    paths[REACH][step],
                                    modelWeight,
                                    hasWidth ? highest[step] - lowest[step] : Double.MAX_VALUE),
                            centre,
                            naive,
                            Double.isFinite(seasonal[step]) ? seasonal[step] : naive);
            mean[step] = medians[step] + modelWeight * (mean[step] - centre);
        }
        double[] modelWeights = paths[MixedForecasters.MODEL];
        double[] slopes = paths[SPREAD];
        for (int step = 0; step < slopes.length; step++) {
            slopes[step] += modelWeights[step];
        }
    }

    private void mixLevel(double[] quantiles) {
        double[] slopes = paths[SPREAD];
        for (int step = 0; step < quantiles.length; step++) {
            double spread = slopes[step] * (quantiles[step] - centres[step]) + own[step];
            quantiles[step] = medians[step] + spread;
        }
    }
}
