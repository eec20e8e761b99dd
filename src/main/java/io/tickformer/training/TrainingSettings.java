package io.tickformer.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Settings of a training. The defaults suit a few thousand hourly ticks of a handful of series.
 *
 * @param steps maximum number of training steps
 * @param batch B, windows of a step
 * @param learningRate the maximum learning rate, reached after the warm-up
 * @param warmUpSteps number of steps over which the learning rate rises from zero
 * @param optimiser settings of a step
 * @param seed seed of all random numbers
 * @param validation settings of validation and early stopping
 * @param snapshotEvery number of steps between two training snapshots
 * @param seeds number of runs, with consecutive seeds from {@code seed} on
 * @param combination how the runs are combined to one model
 * @param augmentation random changes of training windows
 */
@Public
public record TrainingSettings(
        int steps,
        int batch,
        double learningRate,
        int warmUpSteps,
        OptimiserSettings optimiser,
        long seed,
        ValidationSettings validation,
        int snapshotEvery,
        int seeds,
        SeedCombination combination,
        Augmentation augmentation) {
    public static final TrainingSettings DEFAULT = new Builder().build();

    /** Defaults for fine-tuning: fewer steps at a lower learning rate. */
    public static final TrainingSettings FINE_TUNING =
            DEFAULT.toBuilder().steps(500).learningRate(2e-4).build();

    public TrainingSettings {
        TrainingException.require(steps >= 1, "steps", steps, "at least 1");
        TrainingException.require(batch >= 1, "batch", batch, "at least 1 window");
        TrainingException.require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning rate",
                learningRate,
                "a positive number");
        TrainingException.require(warmUpSteps >= 0, "warm-up steps", warmUpSteps, "zero or more");
        Objects.requireNonNull(optimiser, "optimiser");
        Objects.requireNonNull(validation, "validation");
        TrainingException.require(
                snapshotEvery >= 1, "snapshot every", snapshotEvery, "at least 1 step");
        TrainingException.require(seeds >= 1, "seeds", seeds, "at least 1");
        Objects.requireNonNull(combination, "combination");
        Objects.requireNonNull(augmentation, "augmentation");
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The seed of a run, counted from 0. */
    long seedOf(int run) {
        return seed + run;
    }

    /**
     * The learning rate at a step, counted from 1: a linear warm-up, then a cosine decay to a
     * tenth.
     */
    double learningRateAt(long number) {
        if (number <= warmUpSteps) {
            return learningRate * number / warmUpSteps;
        }
        double progress = (double) (number - warmUpSteps) / Math.max(1, steps - warmUpSteps);
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
        return learningRate * (0.1 + 0.9 * cosine);
    }

    /** The settings that the trained weights depend on, by name, in a fixed order. */
    public Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("steps", Integer.toString(steps));
        described.put("batch", Integer.toString(batch));
        described.put("learning rate", Double.toString(learningRate));
        described.put("warm-up steps", Integer.toString(warmUpSteps));
        described.putAll(optimiser.described());
        described.put("seed", Long.toString(seed));
        described.put("seeds", Integer.toString(seeds));
        described.put("augmentation", augmentation.text());
        described.put("validation share", Double.toString(validation.share()));
        described.put("validation windows", Integer.toString(validation.windows()));
        described.put("evaluate every", Integer.toString(validation.every()));
        described.put("patience", Integer.toString(validation.patience()));
        described.put("selection", validation.metric().toString());
        return described;
    }

    /** Builds settings value by value. */
    public static final class Builder {
        private int steps = 1500;
        private int batch = 32;
        private double learningRate = 1e-3;
        private int warmUpSteps = 50;
        private OptimiserSettings optimiser = OptimiserSettings.DEFAULT;
        private long seed = 1;
        private ValidationSettings validation = ValidationSettings.DEFAULT;
        private int snapshotEvery = 200;
        private int seeds = 1;
        private SeedCombination combination = SeedCombination.BEST;
        private Augmentation augmentation = Augmentation.DEFAULT;

        private Builder() {}

        private Builder(TrainingSettings settings) {
            this.steps = settings.steps;
            this.batch = settings.batch;
            this.learningRate = settings.learningRate;
            this.warmUpSteps = settings.warmUpSteps;
            this.optimiser = settings.optimiser;
            this.seed = settings.seed;
            this.validation = settings.validation;
            this.snapshotEvery = settings.snapshotEvery;
            this.seeds = settings.seeds;
            this.combination = settings.combination;
            this.augmentation = settings.augmentation;
        }

        @CanIgnoreReturnValue
        public Builder steps(int value) {
            steps = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder batch(int value) {
            batch = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder warmUpSteps(int value) {
            warmUpSteps = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder optimiser(OptimiserSettings value) {
            optimiser = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder validation(ValidationSettings value) {
            validation = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder snapshotEvery(int value) {
            snapshotEvery = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder seeds(int value) {
            seeds = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder combination(SeedCombination value) {
            combination = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder augmentation(Augmentation value) {
            augmentation = value;
            return this;
        }

        public TrainingSettings build() {
            return new TrainingSettings(
                    steps,
                    batch,
                    learningRate,
                    warmUpSteps,
                    optimiser,
                    seed,
                    validation,
                    snapshotEvery,
                    seeds,
                    combination,
                    augmentation);
        }
    }
}
