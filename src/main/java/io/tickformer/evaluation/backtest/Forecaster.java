package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Public;
import io.tickformer.event.Forecast;
import java.util.function.Consumer;

/** Forecasts a series at cutoffs, using only the ticks up to each cutoff. */
@Public
public interface Forecaster extends AutoCloseable {
    /** The name in results. */
    String name();

    /** Which number of its forecasts is scored as the point forecast. */
    PointForecast point();

    /**
     * Forecasts one series.
     *
     * @param cutoffs ascending
     * @param forecasts receives the forecasts, with the horizon of the cutoffs, in the order of the
     *     cutoffs. There is no forecast for a cutoff before the first observation. Undefined steps
     *     and quantiles are NaN
     */
    void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts);

    /**
     * Forecasts the channels of one record; by default each channel as a series of its own.
     * Forecasts of one channel come in the order of the cutoffs.
     */
    default void forecast(ActualEntity record, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        for (ActualSeries series : record.present()) {
            forecast(series, cutoffs, forecasts);
        }
    }

    @Override
    void close();
}
