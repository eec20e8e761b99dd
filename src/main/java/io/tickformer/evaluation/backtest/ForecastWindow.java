package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;

/**
 * A forecast with the actual values, for a plot.
 *
 * @param forecast the forecast
 * @param baseline point forecast of a baseline for each step; null without a baseline
 * @param firstTick the tick of the first value
 * @param values the series from some time before the cutoff to the horizon; NaN if missing
 * @param error mean absolute error in standard deviations of the training set; NaN if undefined
 */
@Internal
public record ForecastWindow(
        Forecast forecast, double[] baseline, long firstTick, double[] values, double error) {
    /** The first tick after the window. */
    long endTick() {
        return firstTick + values.length;
    }

    ForecastWindow withBaseline(double[] points) {
        return new ForecastWindow(forecast, points, firstTick, values, error);
    }

    /** Whether both forecasts are of the same series and overlap in time. */
    boolean overlaps(Forecast other) {
        long distance = Math.abs(forecast.tickIndex() - other.tickIndex());
        return forecast.series().equals(other.series()) && distance < forecast.horizon();
    }
}
