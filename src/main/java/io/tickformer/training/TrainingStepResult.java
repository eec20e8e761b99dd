package io.tickformer.training;

/**
 * What a training step found before it moved.
 *
 * @param loss the loss of the batch
 * @param gradientNorm Euclidean norm of its gradient, before clipping
 */
public record TrainingStepResult(double loss, double gradientNorm) {
    /** Whether the step was taken; a loss or gradient that is no number moves nothing. */
    public boolean isFinite() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
}
