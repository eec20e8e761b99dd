package io.tickformer.model;

import io.tickformer.annotation.Internal;
import java.util.List;
import java.util.Random;

/** Values of a parameter before training. */
@Internal
public sealed interface Initialisation {
    /** Fills the elements from {@code start} (inclusive) to {@code end} (exclusive). */
    void fill(float[] parameters, int start, int end, Random random);

    /** Independent normally distributed values with mean zero. */
    record Normal(double standardDeviation) implements Initialisation {
        @Override
        public void fill(float[] parameters, int start, int end, Random random) {
            for (int i = start; i < end; i++) {
                parameters[i] = (float) (standardDeviation * random.nextGaussian());
            }
        }
    }

    /**
     * A block-diagonal matrix that maps the values of each channel to the steps of the same
     * channel: one value in the diagonal blocks, zero elsewhere.
     *
     * @param rows rows of all channels
     * @param columns columns of all channels
     * @param channels number of channels
     * @param value value in the diagonal blocks
     */
    record OwnChannel(int rows, int columns, int channels, double value) implements Initialisation {
        @Override
        public void fill(float[] parameters, int start, int end, Random random) {
            for (int i = start; i < end; i++) {
                int from = (i - start) / columns / (rows / channels);
                int to = (i - start) % columns / (columns / channels);
                parameters[i] = from == to ? (float) value : 0;
            }
        }
    }

    /** The given values, repeated. */
    record Repeated(List<Double> values) implements Initialisation {
        static final Repeated ZERO = new Repeated(List.of(0.0));
        static final Repeated ONE = new Repeated(List.of(1.0));

        public Repeated {
            values = List.copyOf(values);
        }

        @Override
        public void fill(float[] parameters, int start, int end, Random random) {
            for (int i = start; i < end; i++) {
                parameters[i] = values.get((i - start) % values.size()).floatValue();
            }
        }
    }
}
