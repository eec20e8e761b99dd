package io.tickformer.training;

/**
 * How far a training came.
 *
 * @param run which of the trainings this is, from 1
 * @param runs how many there are, one a seed
 * @param step steps done
 * @param steps steps at most
 * @param loss mean training loss since the last validation, or that of the last step right after
 *     one
 * @param metric what parameters are selected by
 * @param validation the last validation's; {@link ValidationScores#NONE} before the first
 * @param best the best one's by that metric; {@link ValidationScores#NONE} before the first
 * @param validated whether this step was validated
 * @param secondsLeft an estimate from the steps so far
 */
public record TrainingProgress(
        int run,
        int runs,
        long step,
        long steps,
        double loss,
        ValidationMetric metric,
        ValidationScores validation,
        ValidationScores best,
        boolean validated,
        double secondsLeft) {}
