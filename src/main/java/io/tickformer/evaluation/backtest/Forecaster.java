package io.tickformer.evaluation.backtest;

import io.tickformer.event.Forecast;
import java.util.function.Consumer;

/**
 * Whatever issues forecasts at cutoffs of a series from nothing but the ticks up to each of them.
 */
public interface Forecaster extends AutoCloseable {
    /** The name it is reported under. */
    String name();

    /** Which number of its forecasts stands for them where one is asked for. */
    PointForecast point();

    /**
     * Forecasts one series.
     *
     * @param cutoffs ascending
     * @param forecasts takes the forecasts, of the cutoffs' horizon, in the order of the cutoffs. A
     *     cutoff before which nothing is known gets none; a step or a quantile of which nothing can
     *     be said is NaN
     */
    void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts);

    /**
     * Forecasts the channels of one record, by default each as a series by itself. Forecasts of one
     * channel come in the order of the cutoffs.
     */
    default void forecast(ActualRecord record, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        for (ActualSeries series : record.present()) {
            forecast(series, cutoffs, forecasts);
        }
    }

    @Override
    void close();
}
