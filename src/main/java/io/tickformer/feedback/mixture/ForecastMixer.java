package io.tickformer.feedback.mixture;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.ScoredSteps;
import java.util.Arrays;

/**
 * Mixes forecasts by factors that are given at the scored steps, and interpolated between them.
 * Reused from forecast to forecast; not thread-safe.
 */
@Internal
public final class ForecastMixer {
    // Places of the factors of a step, after the weights of the K forecasters.

    /** Factor of the model's spread, where it stands in for that of simple forecasters. */
    static final int SPREAD = MixedForecasters.COUNT;

    /** How far a forecaster may lie from the weightiest one. */
    static final int REACH = SPREAD + 1;

    /** Q places: the spread of the simple forecasters at each level, weighted. */
    static final int OWN = REACH + 1;

    /** A forecaster may lie up to so many widths of the model's forecast from the weightiest. */
    private static final double REACH_WIDTHS = 8;

    private final ScoredSteps steps;
    private final int middle;
    private final int factors; // K + 2 + Q
    private final double[] given; // S x factors
    private final double[][] paths; // (K + 2) x H: factors over the horizon
    private final double[] own; // H, the spread at one level
    private final double[] centres; // H, medians of the model
    private final double[] medians; // H, of the mixture

    /** Room for forecasts of a shape. */
    public ForecastMixer(FeedbackShape shape) {
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
        for (int step = 0; step < mean.length; step++) {
            double modelWeight = paths[MixedForecasters.MODEL][step];
            double naiveWeight = paths[MixedForecasters.NAIVE][step];
            double seasonalWeight = paths[MixedForecasters.SEASONAL][step];
            double reach = paths[REACH][step];
            if (modelWeight > 0 && forecast.levels() > 1) {
                reach = Math.min(reach, REACH_WIDTHS * (highest[step] - lowest[step]));
            }
            double centre = middles[step];
            double last = Double.isFinite(seasonal[step]) ? seasonal[step] : naive;
            double base = weightiest(modelWeight, naiveWeight, seasonalWeight, centre, naive, last);
            // Relative to the base, so that forecasts that agree are not rounded.
            double shift = modelWeight * within(reach, centre - base);
            shift += naiveWeight * within(reach, naive - base);
            shift += seasonalWeight * within(reach, last - base);
            centres[step] = centre;
            medians[step] = base + shift;
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

    private static double within(double reach, double distance) {
        return distance > reach ? reach : distance < -reach ? -reach : distance;
    }
}
