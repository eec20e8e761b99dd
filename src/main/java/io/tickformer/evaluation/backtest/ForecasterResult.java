package io.tickformer.evaluation.backtest;

import java.util.List;

/**
 * How a forecaster did.
 *
 * @param name its name
 * @param point which number of its forecasts was scored as their point
 * @param quantileLevels Q levels of its forecasts; none for a forecaster of points
 * @param overall over all steps
 * @param bySteps at each of H steps
 * @param bySeries on each series, in the order of the history
 * @param unanswered windows without a forecast, as nothing was known of the series
 * @param fallbacks forecasts that the model could not answer and its last value stood in for
 */
public record ForecasterResult(
        String name,
        PointForecast point,
        List<Double> quantileLevels,
        Metrics overall,
        List<Metrics> bySteps,
        List<SeriesScore> bySeries,
        long unanswered,
        long fallbacks) {
    public ForecasterResult {
        quantileLevels = List.copyOf(quantileLevels);
        bySteps = List.copyOf(bySteps);
        bySeries = List.copyOf(bySeries);
    }
}
