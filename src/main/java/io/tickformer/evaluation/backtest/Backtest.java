package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Public;
import io.tickformer.history.SeriesSummary;
import io.tickformer.spec.Channels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Issues forecasts at the cutoffs of every series and scores them. Holds one series, or record, in
 * memory at a time, and scores each forecast at once.
 */
@Public
public final class Backtest {
    private Backtest() {}

    /**
     * Runs the backtest.
     *
     * @param forecasters with distinct names; the caller closes them
     * @throws io.tickformer.history.HistoryException if a series does not fit the tick
     */
    public static BacktestResult run(
            BacktestPlan plan, List<? extends Forecaster> forecasters, WindowListener listener) {
        int horizon = plan.cutoffs().horizon();
        List<ForecasterScorer> scorers = new ArrayList<>();
        for (Forecaster forecaster : forecasters) {
            scorers.add(new ForecasterScorer(forecaster, horizon));
        }
        List<Channels.Entity> entities =
                plan.channels()
                        .entities(
                                plan.history().summaries().stream()
                                        .map(SeriesSummary::series)
                                        .toList());
        int all = seriesOf(entities);
        int done = 0;
        int unscaled = 0;
        long missing = 0;
        for (Channels.Entity entity : entities) {
            ActualEntity record = load(entity, plan);
            Map<String, SeriesScale> scales = new HashMap<>();
            for (ActualSeries series : record.present()) {
                scales.put(series.series(), SeriesScale.of(series, plan.borders(), plan.season()));
            }
            for (int i = 0; i < scorers.size(); i++) {
                Forecaster forecaster = forecasters.get(i);
                ForecasterScorer scorer = scorers.get(i);
                forecaster.forecast(
                        record,
                        plan.cutoffs(),
                        forecast -> {
                            ActualSeries series = record.of(forecast.series());
                            scorer.add(forecast, series);
                            double deviation = scales.get(series.series()).deviation();
                            listener.scored(forecaster, forecast, series, deviation);
                        });
            }
            for (ActualSeries series : record.present()) {
                SeriesScale scale = scales.get(series.series());
                for (ForecasterScorer scorer : scorers) {
                    scorer.endSeries(series.series(), scale, plan.cutoffs().count());
                }
                missing += missingTargets(series, plan.cutoffs());
                unscaled += Double.isNaN(scale.deviation()) ? 1 : 0;
                listener.seriesDone(++done, all);
            }
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

    private static int seriesOf(List<Channels.Entity> entities) {
        int series = 0;
        for (Channels.Entity entity : entities) {
            for (int position : entity.series()) {
                series += position == Channels.Entity.ABSENT ? 0 : 1;
            }
        }
        return series;
    }

    private static ActualEntity load(Channels.Entity entity, BacktestPlan plan) {
        return ActualEntity.of(
                entity, plan.channels(), position -> plan.history().ticks(position, plan.ticks()));
    }

    /** Number of missing targets, counted once per window. */
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
