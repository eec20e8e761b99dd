package io.tickformer.cli.train;

import io.tickformer.console.ProviderArgument;
import io.tickformer.console.UserError;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.training.OptimiserSettings;
import io.tickformer.training.SeedCombination;
import io.tickformer.training.TrainingSettings;
import io.tickformer.training.ValidationMetric;
import io.tickformer.training.ValidationSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Training options. Defaults come from {@link TrainingSettings#DEFAULT}. */
final class TrainingArguments {
    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Maximum number of training steps; by default 1500, or 500 with --from.")
    private Integer steps;

    @Option(names = "--batch", paramLabel = "N", description = "Windows in a training batch.")
    private int batch = TrainingSettings.DEFAULT.batch();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Maximum learning rate; by default 0.001, or 0.0002 with --from.")
    private Double learningRate;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description = "Share of activations dropped in training.")
    private double dropout = OptimiserSettings.DEFAULT.dropout();

    @Option(
            names = "--warm-up",
            paramLabel = "STEPS",
            description =
                    "Steps over which the learning rate rises before it follows a cosine decay;"
                            + " fewer in a short training.")
    private int warmUpSteps = TrainingSettings.DEFAULT.warmUpSteps();

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "How strongly matrices are pulled to zero, by unit of learning rate.")
    private double weightDecay = OptimiserSettings.DEFAULT.weightDecay();

    @Option(
            names = "--clip-norm",
            paramLabel = "X",
            description = "Gradients longer than this are scaled down to it.")
    private double clipNorm = OptimiserSettings.DEFAULT.clipNorm();

    @Option(
            names = "--mean-weight",
            paramLabel = "X",
            description =
                    "Weight of the squared error of the mean, relative to the pinball loss of the"
                            + " quantiles.")
    private double meanWeight = OptimiserSettings.DEFAULT.meanWeight();

    @Option(
            names = "--ema",
            paramLabel = "DECAY",
            description =
                    "Decay of the exponential moving average of the weights, which is"
                            + " validated and exported; 0 for the weights themselves.")
    private double averageDecay = OptimiserSettings.DEFAULT.averageDecay();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Random seed: the same seed gives the same model.")
    private long seed = TrainingSettings.DEFAULT.seed();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "Number of trainings, with consecutive seeds.")
    private int seeds = TrainingSettings.DEFAULT.seeds();

    @Option(
            names = "--combine",
            paramLabel = "HOW",
            description =
                    "What the trainings of several seeds become: the best on validation, an"
                            + " ensemble in one file, or, with --from, the average of their weights.")
    private SeedCombination combination = TrainingSettings.DEFAULT.combination();

    @Option(
            names = "--validation-share",
            paramLabel = "SHARE",
            description = "Share of the history, at its end, that is the validation set.")
    private double validationShare = ValidationSettings.DEFAULT.share();

    @Option(
            names = "--validation-windows",
            paramLabel = "N",
            description = "Maximum number of validation windows, evenly spaced.")
    private int validationWindows = ValidationSettings.DEFAULT.windows();

    @Option(
            names = "--select",
            paramLabel = "METRIC",
            description =
                    "Validation metric that selects the weights and decides early stopping:"
                            + " pinball, mse or mae, in standard deviations of each series, or loss,"
                            + " the training objective.")
    private ValidationMetric metric = ValidationSettings.DEFAULT.metric();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Number of validations without improvement before training stops.")
    private int patience = ValidationSettings.DEFAULT.patience();

    @Option(
            names = "--evaluate-every",
            paramLabel = "STEPS",
            description = "Steps between validations.")
    private int evaluateEvery = ValidationSettings.DEFAULT.every();

    @Mixin private AugmentationArguments augmentation;

    @Mixin private ProviderArgument provider;

    @Option(names = "--threads", paramLabel = "N", description = "CPU threads.")
    private int threads = 1;

    /**
     * Returns the settings. Invalid values are reported by the settings themselves.
     *
     * @param fineTuning whether training starts from a trained model
     */
    TrainingSettings settings(boolean fineTuning) {
        TrainingSettings standard =
                fineTuning ? TrainingSettings.FINE_TUNING : TrainingSettings.DEFAULT;
        int chosenSteps = steps == null ? standard.steps() : steps;
        try {
            return TrainingSettings.builder()
                    .steps(chosenSteps)
                    .batch(batch)
                    .learningRate(learningRate == null ? standard.learningRate() : learningRate)
                    .warmUpSteps(Math.min(warmUpSteps, chosenSteps))
                    .optimiser(
                            OptimiserSettings.builder()
                                    .meanWeight(meanWeight)
                                    .dropout(dropout)
                                    .weightDecay(weightDecay)
                                    .clipNorm(clipNorm)
                                    .averageDecay(averageDecay)
                                    .build())
                    .seed(seed)
                    .validation(
                            ValidationSettings.builder()
                                    .share(validationShare)
                                    .windows(validationWindows)
                                    .every(evaluateEvery)
                                    .patience(patience)
                                    .metric(metric)
                                    .build())
                    .seeds(seeds)
                    .combination(combination)
                    .augmentation(augmentation.augmentation())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    RunnerOptions runner() {
        try {
            return new RunnerOptions(provider.provider(), threads);
        } catch (IllegalArgumentException e) {
            throw new UserError(e.getMessage(), e);
        }
    }
}
