package io.tickformer.evaluation.backtest;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scores the forecasts of one forecaster as they arrive; those of a record's channels may be
 * interleaved. Keeps only sums per step and one score per series.
 */
final class ForecasterScorer {
    private final String name;
    private final PointForecast point;
    private final int horizon;
    private double[] levels;
    private OverallErrors[] bySteps;
    private OverallErrors overall;
    private final Map<String, Open> underWay = new HashMap<>();
    private final List<SeriesScore> bySeries = new ArrayList<>();
    private long unanswered;
    private long fallbacks;

    /** A series with more forecasts to come. */
    private static final class Open {
        private final SeriesErrors[] sums; // H
        private long answered;

        Open(double[] levels, int horizon) {
            sums = new SeriesErrors[horizon];
            for (int step = 0; step < horizon; step++) {
                sums[step] = new SeriesErrors(levels);
            }
        }
    }

    ForecasterScorer(Forecaster forecaster, int horizon) {
        this.name = forecaster.name();
        this.point = forecaster.point();
        this.horizon = horizon;
    }

    /** Adds a forecast of a current series and the actual values of that series. */
    void add(Forecast forecast, ActualSeries actual) {
        open(forecast.quantileLevels());
        Open series = underWay.computeIfAbsent(actual.series(), key -> new Open(levels, horizon));
        series.answered++;
        fallbacks += forecast.quality() == ForecastQuality.FALLBACK ? 1 : 0;
        for (int step = 0; step < horizon; step++) {
            double target = actual.valueAt(forecast.tickIndex() + 1 + step);
            if (Double.isNaN(target)) {
                continue;
            }
            double value = point.of(forecast, step);
            if (!Double.isNaN(value)) {
                series.sums[step].addPoint(value, target);
            }
            series.sums[step].addQuantiles(forecast.quantiles(), step * levels.length, target);
        }
    }

    /**
     * Ends a series.
     *
     * @param windows number of requested forecasts
     */
    void endSeries(String series, SeriesScale scale, int windows) {
        Open ended = underWay.remove(series);
        unanswered += windows - (ended == null ? 0 : ended.answered);
        if (ended == null) {
            bySeries.add(
                    new SeriesScore(
                            series, Double.NaN, Double.NaN, Double.NaN, Double.NaN, List.of()));
            return;
        }
        SeriesErrors all = new SeriesErrors(levels);
        for (int step = 0; step < horizon; step++) {
            bySteps[step].add(ended.sums[step], scale);
            all.add(ended.sums[step]);
        }
        overall.add(all, scale);
        OverallErrors own = new OverallErrors(levels);
        own.add(all, scale);
        Metrics metrics = own.metrics();
        bySeries.add(
                new SeriesScore(
                        series,
                        metrics.mse(),
                        metrics.mae(),
                        metrics.mase(),
                        metrics.rmsse(),
                        metrics.intervals()));
    }

    ForecasterResult result() {
        if (overall == null) {
            open(new double[0]);
        }
        List<Metrics> steps = new ArrayList<>();
        for (OverallErrors totals : bySteps) {
            steps.add(totals.metrics());
        }
        List<Double> boxed = new ArrayList<>();
        for (double level : levels) {
            boxed.add(level);
        }
        return new ForecasterResult(
                name, point, boxed, overall.metrics(), steps, bySeries, unanswered, fallbacks);
    }

    /** Initialises the sums: the first forecast determines the quantile levels. */
    private void open(double[] forecastLevels) {
        if (overall == null) {
            levels = forecastLevels;
            overall = new OverallErrors(levels);
            bySteps = new OverallErrors[horizon];
            for (int step = 0; step < horizon; step++) {
                bySteps[step] = new OverallErrors(levels);
            }
        }
    }
}
