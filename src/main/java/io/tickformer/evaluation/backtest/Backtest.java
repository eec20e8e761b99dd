package io.tickformer.evaluation.backtest;

import io.tickformer.history.SeriesHistory;
import java.util.ArrayList;
import java.util.List;

/**
 * Issues forecasts at the cutoffs of every series and scores them. One series is held at a time,
 * and no forecast longer than it takes to score it.
 */
public final class Backtest {
    private Backtest() {}

    /**
     * Runs it.
     *
     * @param forecasters who forecast, each with a name of its own; they stay their owner's
     * @throws io.tickformer.history.HistoryException if a series does not fit the tick
     */
    public static BacktestResult run(
            BacktestPlan plan, List<? extends Forecaster> forecasters, WindowListener listener) {
        int horizon = plan.cutoffs().horizon();
        List<ForecasterScorer> scorers = new ArrayList<>();
        for (Forecaster forecaster : forecasters) {
            scorers.add(new ForecasterScorer(forecaster, horizon));
        }
        int done = 0;
        int all = plan.history().series().size();
        int unscaled = 0;
        long missing = 0;
        for (SeriesHistory history : plan.history().series()) {
            ActualSeries series = ActualSeries.of(history, plan.tickMillis(), plan.aggregate());
            SeriesScale scale = SeriesScale.of(series, plan.borders(), plan.season());
            for (int i = 0; i < scorers.size(); i++) {
                Forecaster forecaster = forecasters.get(i);
                ForecasterScorer scorer = scorers.get(i);
                forecaster.forecast(
                        series,
                        plan.cutoffs(),
                        forecast -> {
                            scorer.add(forecast, series);
                            listener.scored(forecaster, forecast, series, scale.deviation());
                        });
                scorer.endSeries(series.series(), scale, plan.cutoffs().count());
            }
            missing += missingTargets(series, plan.cutoffs());
            unscaled += Double.isNaN(scale.deviation()) ? 1 : 0;
            listener.seriesDone(++done, all);
        }
        return new BacktestResult(
                all,
                plan.cutoffs().count(),
                horizon,
                plan.season(),
                missing,
                unscaled,
                scorers.stream().map(ForecasterScorer::result).toList());
    }

    /** Targets of any window that are missing, counted in each window they belong to. */
    private static long missingTargets(ActualSeries series, Cutoffs cutoffs) {
        long missing = 0;
        for (int i = 0; i < cutoffs.count(); i++) {
            long cutoff = cutoffs.at(i);
            for (int step = 1; step <= cutoffs.horizon(); step++) {
                missing += Double.isNaN(series.valueAt(cutoff + step)) ? 1 : 0;
            }
        }
        return missing;
    }
}
