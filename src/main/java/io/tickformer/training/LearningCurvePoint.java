package io.tickformer.training;

import io.tickformer.annotation.Internal;

/**
 * A point of the learning curve: the result of one validation.
 *
 * @param step number of steps done
 * @param trainingLoss mean loss of the steps since the previous point; NaN at step 0, a point that
 *     only fine-tuning has
 * @param validation scores of the parameters that would be exported at this step
 */
@Internal
public record LearningCurvePoint(long step, double trainingLoss, ValidationScores validation) {}
