package io.tickformer.training;

import io.tickformer.model.ParameterLayout;

/**
 * All that a training step hands to the next.
 *
 * @param parameters the S parameters of the model
 * @param firstMoment running mean of their gradient
 * @param secondMoment running mean of the gradient's square
 * @param steps steps done so far
 */
public record TrainingState(
        float[] parameters, float[] firstMoment, float[] secondMoment, long steps) {
    public TrainingState {
        if (firstMoment.length != parameters.length || secondMoment.length != parameters.length) {
            throw new IllegalArgumentException(
                    "%d parameters with moments of %d and %d elements; expected one length"
                            .formatted(parameters.length, firstMoment.length, secondMoment.length));
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps is " + steps + "; expected 0 or more");
        }
    }

    /** The state before the first step. */
    public static TrainingState initial(ParameterLayout layout, long seed) {
        int size = layout.size();
        return new TrainingState(layout.initialise(seed), new float[size], new float[size], 0);
    }
}
