package io.tickformer.training;

import io.tickformer.model.ParameterLayout;

/**
 * All that a training step hands to the next.
 *
 * @param parameters the S parameters of the model
 * @param firstMoment running mean of their gradient
 * @param secondMoment running mean of the gradient's square
 * @param average running mean of the parameters: those to use
 * @param steps steps done so far
 */
public record OptimiserState(
        float[] parameters,
        float[] firstMoment,
        float[] secondMoment,
        float[] average,
        long steps) {
    public OptimiserState {
        if (firstMoment.length != parameters.length
                || secondMoment.length != parameters.length
                || average.length != parameters.length) {
            throw new IllegalArgumentException(
                    ("%d parameters with moments of %d and %d elements and an average of %d; expected"
                                    + " one length")
                            .formatted(
                                    parameters.length,
                                    firstMoment.length,
                                    secondMoment.length,
                                    average.length));
        }
        if (steps < 0) {
            throw new IllegalArgumentException("steps is " + steps + "; expected 0 or more");
        }
    }

    /** The state before the first step. */
    public static OptimiserState initial(ParameterLayout layout, long seed) {
        return startingFrom(layout.initialise(seed));
    }

    /** The state before the first step from given parameters. */
    public static OptimiserState startingFrom(float[] parameters) {
        int size = parameters.length;
        return new OptimiserState(
                parameters, new float[size], new float[size], parameters.clone(), 0);
    }
}
