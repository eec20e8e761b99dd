package io.tickformer.training;

import io.tickformer.annotation.Internal;
import io.tickformer.model.ParameterLayout;

/**
 * The state of the optimiser between two training steps.
 *
 * @param parameters the S parameters of the model
 * @param firstMoment moving average of the gradient
 * @param secondMoment moving average of the squared gradient
 * @param average moving average of the parameters, which is validated and exported
 * @param steps number of steps done so far
 */
@Internal
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

    /** The state before the first step, with random parameters. */
    public static OptimiserState initial(ParameterLayout layout, long seed) {
        return startingFrom(layout.initialise(seed));
    }

    /** The state before the first step, with given parameters. */
    public static OptimiserState startingFrom(float[] parameters) {
        int size = parameters.length;
        return new OptimiserState(
                parameters, new float[size], new float[size], parameters.clone(), 0);
    }
}
