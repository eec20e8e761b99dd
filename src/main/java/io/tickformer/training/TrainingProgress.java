package io.tickformer.training;

import io.tickformer.annotation.Internal;

/**
 * Progress of a training.
 *
 * @param run number of the current run, from 1
 * @param runs number of runs, one for each seed
 * @param step number of steps done
 * @param steps maximum number of steps
 * @param loss mean training loss since the last validation; right after a validation, that up to it
 * @param metric the metric that selects the parameters
 * @param validation scores of the last validation; {@link ValidationScores#NONE} before the first
 * @param best scores of the best validation by that metric; {@link ValidationScores#NONE} before
 *     the first
 * @param validated whether a validation followed this step
 * @param secondsLeft estimated remaining time
 */
@Internal
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
