package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * Results of a forecaster.
 *
 * @param name its name
 * @param point which number of its forecasts was scored as the point forecast
 * @param quantileLevels Q levels of its forecasts; empty for a point forecaster
 * @param overall over all steps
 * @param bySteps at each of H steps
 * @param bySeries on each series, in the order of the history
 * @param unanswered number of windows without a forecast, because the series had no observations
 * @param fallbacks number of non-finite forecasts that the last value replaced
 */
@Internal
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
