package io.tickformer.cli.compare;

import io.tickformer.cli.train.ModelArguments;
import io.tickformer.cli.train.Preset;
import io.tickformer.cli.train.TrainingSource;
import io.tickformer.evaluation.backtest.Backtest;
import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.evaluation.backtest.Cutoffs;
import io.tickformer.evaluation.backtest.EvaluatedSet;
import io.tickformer.evaluation.backtest.Forecaster;
import io.tickformer.evaluation.backtest.Metrics;
import io.tickformer.evaluation.backtest.ModelForecaster;
import io.tickformer.evaluation.backtest.PointForecast;
import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.evaluation.backtest.SeasonalNaiveForecaster;
import io.tickformer.evaluation.backtest.WindowListener;
import io.tickformer.event.TickDefinition;
import io.tickformer.event.TickMeaning;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.MeasuredForecastTime;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import io.tickformer.training.Trainer;
import io.tickformer.training.TrainingListener;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import io.tickformer.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains architectures on one history with the same settings and tests each on every window of the
 * test set. Training and selection never read the test set.
 *
 * @param whole the history with its test set
 * @param learned the history before its test set
 * @param ticks how observations become ticks
 * @param horizon H
 * @param settings the training settings
 */
record Comparison(
        History whole,
        History learned,
        SplitBorders borders,
        TickDefinition ticks,
        int horizon,
        TrainingSettings settings,
        RunnerOptions runner) {

    /** Size of the micro-batch whose cost is reported next to that of a single forecast. */
    static final int MICRO_BATCH = 64;

    /**
     * A window gives a linear map one training forecast and the other architectures one per token,
     * so linear maps get batches that are larger by this factor.
     */
    static final int LINEAR_BATCHES = 8;

    /**
     * Trains an architecture into a directory and tests it. If the preset has a seasonal path, it
     * also trains and tests the network without that path.
     *
     * @return one row, or two
     */
    List<ComparisonRow> train(Preset preset, Path directory) throws IOException {
        ForecastSpec spec =
                ModelArguments.standard(
                                preset, horizon, new TrainingSource(learned, ticks, borders))
                        .withTickMeaning(new TickMeaning(ticks.aggregate(), ticks.empty().rule()));
        List<ComparisonRow> rows = new ArrayList<>();
        rows.add(train(preset.toString(), spec, directory));
        if (spec.seasonalPath() != null) {
            String alone = preset + "-without-season";
            rows.add(train(alone, spec.withSeasonalPath(null), directory));
        }
        return rows;
    }

    private ComparisonRow train(String name, ForecastSpec spec, Path directory) throws IOException {
        TrainingSettings own = settingsOf(spec);
        TrainingPlan plan =
                TrainingPlan.builder()
                        .history(learned)
                        .borders(borders)
                        .spec(spec)
                        .settings(own)
                        .runner(runner)
                        .output(directory.resolve(name + ".onnx"))
                        .build();
        TrainingResult result = new Trainer(TrainingListener.NONE).train(plan);
        byte[] file = Files.readAllBytes(plan.output());
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                ModelForecaster forecaster =
                        new ModelForecaster(name, model, PointForecast.MEDIAN, horizon)) {
            Metrics metrics = judge(forecaster, 1);
            ComparisonRow.Model trained =
                    new ComparisonRow.Model(
                            spec.contextLength(),
                            result.parameters(),
                            own.batch(),
                            result.run().steps(),
                            result.run().bestStep(),
                            result.seconds(),
                            MeasuredForecastTime.measure(model, 1, System::nanoTime),
                            MeasuredForecastTime.measure(model, MICRO_BATCH, System::nanoTime),
                            MeasuredForecastTime.measureIncremental(
                                    model, MICRO_BATCH, System::nanoTime));
            return new ComparisonRow(name, trained, metrics.mse(), metrics.mae());
        }
    }

    private TrainingSettings settingsOf(ForecastSpec spec) {
        return spec.tokens() > 1
                ? settings
                : settings.toBuilder().batch(LINEAR_BATCHES * settings.batch()).build();
    }

    /** Tests seasonal naive with the season chosen on the training set. */
    ComparisonRow seasonalNaive() {
        int season = SeasonChoice.of(learned, ticks, borders, horizon);
        String name = "seasonal naive (%d ticks)".formatted(season);
        try (Forecaster forecaster =
                new SeasonalNaiveForecaster(
                        name,
                        new SeasonalNaive(season),
                        borders,
                        ticks.tickMillis(),
                        ForecastSpec.DEFAULT_QUANTILE_LEVELS)) {
            Metrics metrics = judge(forecaster, season);
            return new ComparisonRow(name, null, metrics.mse(), metrics.mae());
        }
    }

    private Metrics judge(Forecaster forecaster, int season) {
        BacktestPlan plan =
                new BacktestPlan(
                        whole,
                        ticks,
                        borders,
                        Cutoffs.every(borders, EvaluatedSet.TEST, horizon),
                        season);
        return Backtest.run(plan, List.of(forecaster), WindowListener.NONE)
                .forecasters()
                .get(0)
                .overall();
    }
}
