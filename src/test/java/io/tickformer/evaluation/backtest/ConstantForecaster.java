package io.tickformer.evaluation.backtest;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import java.util.Arrays;
import java.util.function.Consumer;

/** Forecasts the same numbers at every cutoff from the first tick of a series on. */
record ConstantForecaster(
        String name, PointForecast point, double[] levels, double[] quantiles, double mean)
        implements Forecaster {

    @Override
    public void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        for (int i = 0; i < cutoffs.count(); i++) {
            if (cutoffs.at(i) >= series.firstTick()) {
                forecasts.accept(at(series, cutoffs.at(i), cutoffs.horizon()));
            }
        }
    }

    private Forecast at(ActualSeries series, long cutoff, int horizon) {
        double[] every = new double[horizon * levels.length];
        for (int i = 0; i < every.length; i++) {
            every[i] = quantiles[i % levels.length];
        }
        double[] means = new double[horizon];
        Arrays.fill(means, mean);
        return new Forecast(
                series.series(),
                cutoff,
                cutoff,
                1,
                levels,
                every,
                means,
                name,
                "1",
                1,
                ForecastQuality.OK);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
