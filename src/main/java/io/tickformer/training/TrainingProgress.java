package io.tickformer.training;

/**
 * How far a training came.
 *
 * @param step steps done
 * @param steps steps at most
 * @param loss mean training loss since the last validation, or that of the last step right after
 *     one
 * @param validationLoss the last validation's; NaN before the first
 * @param bestValidationLoss the best one's; positive infinity before the first
 * @param validated whether this step was validated
 * @param secondsLeft an estimate from the steps so far
 */
public record TrainingProgress(
        long step,
        long steps,
        double loss,
        double validationLoss,
        double bestValidationLoss,
        boolean validated,
        double secondsLeft) {}
