package io.tickformer.cli.card;

import io.tickformer.evaluation.backtest.Backtest;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.EvaluatedSet;
import io.tickformer.evaluation.backtest.ModelForecaster;
import io.tickformer.evaluation.backtest.PointForecast;
import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.evaluation.backtest.SeasonalNaiveForecaster;
import io.tickformer.evaluation.backtest.WindowListener;
import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import io.tickformer.history.SeriesSummary;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.ForecastModel;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * A short rolling backtest of a new model on the validation set, with a few cutoffs and a sample of
 * the series, so that it takes only seconds.
 */
final class ValidationBacktest {
    private static final int MOST_WINDOWS = 2_000;
    private static final int MOST_SERIES = 200;
    private static final int FEWEST_CUTOFFS = 10;

    private ValidationBacktest() {}

    static BacktestSection of(TrainingPlan training, TrainingResult result) throws IOException {
        History history = training.history();
        if (history.series().size() <= MOST_SERIES) {
            return of(history, training, result);
        }
        try (History some = some(history, Channels.of(training.spec()))) {
            return of(some, training, result);
        }
    }

    private static BacktestSection of(History history, TrainingPlan training, TrainingResult result)
            throws IOException {
        ForecastSpec spec = training.spec();
        SplitBorders borders = result.borders();
        Cutoffs cutoffs =
                Cutoffs.every(borders, EvaluatedSet.VALIDATION, spec.horizon())
                        .atMost(Math.max(FEWEST_CUTOFFS, MOST_WINDOWS / history.series().size()));
        int season = SeasonChoice.of(history, spec.tickRule(), borders, spec.horizon());
        BacktestPlan plan =
                new BacktestPlan(
                        history, spec.tickRule(), borders, cutoffs, season, Channels.of(spec));
        byte[] file = Files.readAllBytes(result.output());
        try (ForecastModel model = ForecastModel.open(file, training.runner().provider());
                ModelForecaster forecaster =
                        new ModelForecaster(
                                model.name(), model, PointForecast.MEDIAN, spec.horizon());
                SeasonalNaiveForecaster naive = naive("naive", 1, plan, spec);
                SeasonalNaiveForecaster seasonal = naive("seasonal-naive", season, plan, spec)) {
            return new BacktestSection(
                    "rolling, validation part",
                    "Validation part, rolling",
                    "The weights were selected on this set, so these figures are optimistic.",
                    "",
                    false,
                    plan,
                    Backtest.run(plan, List.of(forecaster, naive, seasonal), WindowListener.NONE));
        }
    }

    private static SeasonalNaiveForecaster naive(
            String name, int period, BacktestPlan plan, ForecastSpec spec) {
        return new SeasonalNaiveForecaster(
                name,
                new SeasonalNaive(period),
                plan.borders(),
                plan.tickMillis(),
                spec.quantileLevels());
    }

    /** An evenly spaced sample of the series or records. */
    private static History some(History history, Channels channels) {
        List<String> keys = history.summaries().stream().map(SeriesSummary::series).toList();
        List<Channels.Entity> entities = channels.entities(keys);
        int wanted = Math.min(entities.size(), Math.max(1, MOST_SERIES / channels.width()));
        List<SeriesHistory> some = new ArrayList<>();
        for (int i = 0; i < wanted; i++) {
            int place = (int) ((long) i * entities.size() / wanted);
            for (int position : entities.get(place).series()) {
                if (position != Channels.Entity.ABSENT) {
                    some.add(history.series().get(position));
                }
            }
        }
        return new History(history.source(), some);
    }
}
