package io.tickformer.cli.train;

import io.tickformer.cli.UserError;
import io.tickformer.inference.Provider;
import io.tickformer.inference.RunnerOptions;
import io.tickformer.training.StepSettings;
import io.tickformer.training.TrainingSettings;
import picocli.CommandLine.Option;

/** How to train; what is not given keeps the default of {@link TrainingSettings#DEFAULT}. */
final class TrainingArguments {
    @Option(names = "--steps", paramLabel = "N", description = "Training steps at most.")
    private int steps = TrainingSettings.DEFAULT.steps();

    @Option(names = "--batch", paramLabel = "N", description = "Windows in a step.")
    private int batch = TrainingSettings.DEFAULT.batch();

    @Option(names = "--learning-rate", paramLabel = "X", description = "The highest learning rate.")
    private double learningRate = TrainingSettings.DEFAULT.learningRate();

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "Share of activations dropped in training.")
    private double dropout = TrainingSettings.DEFAULT.step().dropout();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Where all chance comes from: the same seed gives the same model.")
    private long seed = TrainingSettings.DEFAULT.seed();

    @Option(
            names = "--validation-share",
            paramLabel = "SHARE",
            description = "Share of the time spanned, its last part, that validates.")
    private double validationShare = TrainingSettings.DEFAULT.validationShare();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Validations without improvement after which training stops.")
    private int patience = TrainingSettings.DEFAULT.patience();

    @Option(
            names = "--evaluate-every",
            paramLabel = "STEPS",
            description = "Steps from one validation to the next.")
    private int evaluateEvery = TrainingSettings.DEFAULT.evaluateEvery();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            defaultValue = "cpu",
            description = "What computes: cpu, cuda or auto.")
    private Provider provider;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the processor.")
    private int threads = 1;

    /** The settings, or what is wrong with them in the words of those who take them. */
    TrainingSettings settings() {
        TrainingSettings standard = TrainingSettings.DEFAULT;
        try {
            return new TrainingSettings(
                    steps,
                    batch,
                    learningRate,
                    Math.min(standard.warmUpSteps(), steps),
                    StepSettings.DEFAULT.withDropout(dropout),
                    seed,
                    validationShare,
                    standard.validationWindows(),
                    evaluateEvery,
                    patience,
                    standard.snapshotEvery());
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    RunnerOptions runner() {
        try {
            return new RunnerOptions(provider, threads);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }
}
