package io.tickformer.training;

/**
 * A point of the training curve: what a validation found.
 *
 * @param step steps done
 * @param trainingLoss mean loss of the steps since the point before; NaN at step 0, a point that
 *     only fine-tuning has
 * @param validation of the parameters that would be exported at this step
 */
public record LearningCurvePoint(long step, double trainingLoss, ValidationScores validation) {}
