package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;

/** Receives every forecast of a backtest, for example to plot some of them. */
@FunctionalInterface
@Internal
public interface WindowListener {
    /** Ignores all calls. */
    WindowListener NONE = (forecaster, forecast, series, deviation) -> {};

    /**
     * Called when a forecast was scored.
     *
     * @param forecaster that made it
     * @param series the series with its actual values
     * @param deviation the unit of its z-scored errors; NaN if undefined
     */
    void scored(Forecaster forecaster, Forecast forecast, ActualSeries series, double deviation);

    /** Called when a series is done; {@code done} of {@code all} are. */
    default void seriesDone(int done, int all) {}
}
