package io.tickformer.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a model is trained. The defaults suit a few thousand hourly ticks of a handful of series.
 *
 * @param steps training steps at most
 * @param batch B, windows in a step
 * @param learningRate the highest learning rate, reached after the warm-up
 * @param warmUpSteps steps over which the learning rate rises from zero
 * @param step what a step minimises and how it moves
 * @param seed where all chance comes from
 * @param validation how it is watched, and which parameters are kept
 * @param snapshotEvery steps from one training snapshot to the next
 * @param seeds how many trainings there are, from {@code seed} on
 * @param combination what they become
 * @param augmentation how windows are changed at random
 */
public record TrainingSettings(
        int steps,
        int batch,
        double learningRate,
        int warmUpSteps,
        StepSettings step,
        long seed,
        ValidationSettings validation,
        int snapshotEvery,
        int seeds,
        Combination combination,
        Augmentation augmentation) {
    public static final TrainingSettings DEFAULT =
            new TrainingSettings(
                    1500, 32, 1e-3, 50, StepSettings.DEFAULT, 1, ValidationSettings.DEFAULT, 200);

    /** For a start from a model that has learned from other data: fewer steps, and smaller ones. */
    public static final TrainingSettings FINE_TUNING =
            new TrainingSettings(
                    500, 32, 2e-4, 50, StepSettings.DEFAULT, 1, ValidationSettings.DEFAULT, 200);

    public TrainingSettings {
        TrainingException.require(steps >= 1, "steps", steps, "at least 1");
        TrainingException.require(batch >= 1, "batch", batch, "at least 1 window");
        TrainingException.require(
                learningRate > 0 && Double.isFinite(learningRate),
                "learning rate",
                learningRate,
                "a positive number");
        TrainingException.require(warmUpSteps >= 0, "warm-up steps", warmUpSteps, "zero or more");
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(validation, "validation");
        TrainingException.require(
                snapshotEvery >= 1, "snapshot every", snapshotEvery, "at least 1 step");
        TrainingException.require(seeds >= 1, "seeds", seeds, "at least 1");
        Objects.requireNonNull(combination, "combination");
        Objects.requireNonNull(augmentation, "augmentation");
    }

    /** Settings of a single training. */
    public TrainingSettings(
            int steps,
            int batch,
            double learningRate,
            int warmUpSteps,
            StepSettings step,
            long seed,
            ValidationSettings validation,
            int snapshotEvery) {
        this(
                steps,
                batch,
                learningRate,
                warmUpSteps,
                step,
                seed,
                validation,
                snapshotEvery,
                1,
                Combination.BEST,
                Augmentation.DEFAULT);
    }

    /** These settings with another seed. */
    public TrainingSettings withSeed(long other) {
        return new TrainingSettings(
                steps,
                batch,
                learningRate,
                warmUpSteps,
                step,
                other,
                validation,
                snapshotEvery,
                seeds,
                combination,
                augmentation);
    }

    /** These settings for several trainings. */
    public TrainingSettings withSeeds(int count, Combination into) {
        return new TrainingSettings(
                steps,
                batch,
                learningRate,
                warmUpSteps,
                step,
                seed,
                validation,
                snapshotEvery,
                count,
                into,
                augmentation);
    }

    /** These settings with windows changed in another way. */
    public TrainingSettings withAugmentation(Augmentation other) {
        return new TrainingSettings(
                steps,
                batch,
                learningRate,
                warmUpSteps,
                step,
                seed,
                validation,
                snapshotEvery,
                seeds,
                combination,
                other);
    }

    /** The seed of one of the trainings, counted from 0. */
    long seedOf(int run) {
        return seed + run;
    }

    /**
     * The learning rate of a step, counted from 1: a linear rise, then a cosine down to a tenth.
     */
    double learningRateAt(long number) {
        if (number <= warmUpSteps) {
            return learningRate * number / warmUpSteps;
        }
        double progress = (double) (number - warmUpSteps) / Math.max(1, steps - warmUpSteps);
        double cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
        return learningRate * (0.1 + 0.9 * cosine);
    }

    /** What the numbers of a training depend on, by name, in a fixed order. */
    public Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("steps", Integer.toString(steps));
        described.put("batch", Integer.toString(batch));
        described.put("learning rate", Double.toString(learningRate));
        described.put("warm-up steps", Integer.toString(warmUpSteps));
        described.put("dropout", Double.toString(step.dropout()));
        described.put("optimiser", step.toString());
        described.put("seed", Long.toString(seed));
        described.put("seeds", Integer.toString(seeds));
        described.put("augmentation", augmentation.toString());
        described.put("validation share", Double.toString(validation.share()));
        described.put("validation windows", Integer.toString(validation.windows()));
        described.put("evaluate every", Integer.toString(validation.every()));
        described.put("patience", Integer.toString(validation.patience()));
        described.put("selection", validation.metric().toString());
        return described;
    }
}
