package io.tickformer.training;

import io.tickformer.annotation.Internal;

/**
 * Loss and gradient of a training step.
 *
 * @param loss the loss of the batch before the update
 * @param gradientNorm Euclidean norm of the gradient, before clipping
 */
@Internal
public record TrainingStepResult(double loss, double gradientNorm) {
    /** Whether the parameters were updated; an infinite or NaN loss or gradient changes nothing. */
    public boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
}
