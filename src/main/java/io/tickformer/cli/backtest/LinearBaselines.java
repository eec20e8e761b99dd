package io.tickformer.cli.backtest;

import io.tickformer.evaluation.backtest.BacktestPlan;
import io.tickformer.history.SplitBorders;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.LinearArchitecture.Variant;
import io.tickformer.training.OptimiserSettings;
import io.tickformer.training.Trainer;
import io.tickformer.training.TrainingListener;
import io.tickformer.training.TrainingPlan;
import io.tickformer.training.TrainingResult;
import io.tickformer.training.TrainingSettings;
import io.tickformer.training.ValidationMetric;
import io.tickformer.training.ValidationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Trains the linear baselines on the training set, selects their weights on the validation set, and
 * opens the exported files. They have the tick, horizon and quantile levels of the tested model.
 * Their context is {@value #CONTEXT} ticks, as in their paper (Zeng et al. 2023), or less for a
 * short history.
 */
final class LinearBaselines {
    private static final int CONTEXT = 336;

    /** The context is halved until this many contexts fit into the training set. */
    private static final int CONTEXTS_IN_TRAINING = 4;

    private static final int SHORTEST_CONTEXT = 8;

    private final BacktestPlan backtest;
    private final ForecastSpec like;
    private final TrainingSettings settings;
    private final PrintWriter err;

    /**
     * @param backtest the backtest; its test set is never read here
     * @param like the spec of the tested model
     * @param steps maximum number of training steps
     */
    LinearBaselines(BacktestPlan backtest, ForecastSpec like, int steps, PrintWriter err) {
        this.backtest = backtest;
        this.like = like;
        this.settings = settings(steps);
        this.err = err;
    }

    private static TrainingSettings settings(int steps) {
        return TrainingSettings.builder()
                .steps(steps)
                .batch(128)
                .learningRate(2e-3)
                .warmUpSteps(Math.min(TrainingSettings.DEFAULT.warmUpSteps(), steps))
                .optimiser(OptimiserSettings.DEFAULT.withDropout(0))
                .validation(
                        ValidationSettings.builder()
                                .patience(20)
                                .metric(ValidationMetric.MSE)
                                .build())
                .snapshotEvery(steps)
                .build();
    }

    /**
     * Trains a baseline and opens it.
     *
     * @throws io.tickformer.training.TrainingException if the history is too short
     */
    ForecastModel train(String name, Variant variant, ExecutionProvider provider)
            throws IOException {
        Path folder = Files.createTempDirectory("tickformer-baseline");
        Path file = folder.resolve(name + ".onnx");
        try {
            TrainingPlan plan = plan(variant, provider, file);
            err.printf("training %s ...%n", name);
            err.flush();
            TrainingResult result = new Trainer(TrainingListener.NONE).train(plan);
            err.printf(
                    Locale.ROOT,
                    "%s: context of %d, step %d of %d, %.0f s%n",
                    name,
                    plan.spec().contextLength(),
                    result.run().bestStep(),
                    result.run().steps(),
                    result.seconds());
            err.flush();
            return ForecastModel.open(Files.readAllBytes(file), provider);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + ".snapshot"));
            Files.deleteIfExists(folder);
        }
    }

    private TrainingPlan plan(Variant variant, ExecutionProvider provider, Path file) {
        SplitBorders borders = backtest.borders();
        int horizon = backtest.cutoffs().horizon();
        int context = contextLength(borders);
        ForecastSpec spec =
                ForecastSpec.of(
                                like.tickMillis(),
                                context,
                                horizon,
                                LinearArchitecture.of(variant, context))
                        .withQuantileLevels(like.quantileLevels())
                        .withNormalisation(like.normalisation())
                        .withTickMeaning(like.tickMeaning());
        boolean validates = borders.validationTicks() >= horizon;
        long end = validates ? borders.validationEnd() : borders.trainEnd();
        return TrainingPlan.builder()
                .history(backtest.history().before(end * like.tickMillis()))
                .borders(validates ? borders : null)
                .spec(spec)
                .settings(settings)
                .runner(new RunnerOptions(provider, 1))
                .output(file)
                .build();
    }

    private static int contextLength(SplitBorders borders) {
        int context = CONTEXT;
        while (context > SHORTEST_CONTEXT
                && (long) CONTEXTS_IN_TRAINING * context > borders.trainTicks()) {
            context /= 2;
        }
        return context;
    }
}
