package io.tickformer.evaluation.backtest;

import io.tickformer.event.Forecast;

/**
 * A forecast and what came of it, kept to be shown.
 *
 * @param forecast the forecast
 * @param baseline a baseline's point for each step; null where there is no baseline
 * @param firstTick the tick of the first value
 * @param values the series from some time before the cutoff to the horizon; NaN where missing
 * @param error mean absolute error in standard deviations of the training part; NaN without one
 */
public record ForecastWindow(
        Forecast forecast, double[] baseline, long firstTick, double[] values, double error) {
    /** The first tick after the window. */
    long endTick() {
        return firstTick + values.length;
    }

    ForecastWindow withBaseline(double[] points) {
        return new ForecastWindow(forecast, points, firstTick, values, error);
    }

    /** Whether the two speak of the same time of the same series. */
    boolean overlaps(Forecast other) {
        long distance = Math.abs(forecast.tickIndex() - other.tickIndex());
        return forecast.series().equals(other.series()) && distance < forecast.horizon();
    }
}
