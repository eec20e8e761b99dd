package io.tickformer.evaluation.backtest;

import io.tickformer.event.Forecast;

/** Is told of every forecast of a backtest, for whoever wants to show some of them. */
@FunctionalInterface
public interface WindowListener {
    /** Listens to nothing. */
    WindowListener NONE = (forecaster, forecast, series, deviation) -> {};

    /**
     * A forecast was scored.
     *
     * @param forecaster who made it
     * @param series the series it is of, with what came of it
     * @param deviation the unit of its z-scored errors; NaN if there is none
     */
    void scored(Forecaster forecaster, Forecast forecast, ActualSeries series, double deviation);

    /** A series is done; {@code done} of {@code all} are. */
    default void seriesDone(int done, int all) {}
}
