package io.tickformer.training;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.TensorSignature;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Samples the dropout masks of a training step: 0 with the dropout probability, else {@code 1 /
 * keep}, so that expected values are preserved (inverted dropout, Srivastava et al. 2014, section
 * 10).
 *
 * <p>An element uses 16 bits of a 64-bit random number: the probability is exact to 2^-16, and the
 * millions of elements of a step need a quarter of the random numbers.
 */
final class DropoutMaskSampler implements AutoCloseable {
    private static final String PREFIX = "dropout.";
    private static final int BITS = 16;
    private static final long MASK = (1L << BITS) - 1;

    private final Map<String, HostTensor> masks = new LinkedHashMap<>();
    private final long dropBelow;
    private final float kept;

    /**
     * Creates masks of zeros.
     *
     * @param share the dropout probability
     * @param inputs all inputs of the graph; the masks are those with the prefix of dropout masks
     */
    DropoutMaskSampler(double share, Map<String, TensorSignature> inputs) {
        this.dropBelow = Math.round(share * (1L << BITS));
        this.kept = (float) (1 / (1 - (double) dropBelow / (1L << BITS)));
        inputs.forEach(
                (name, signature) -> {
                    if (name.startsWith(PREFIX)) {
                        masks.put(name, HostTensor.floats(shape(signature)));
                    }
                });
    }

    private static long[] shape(TensorSignature signature) {
        return signature.shape().stream().mapToLong(Long::longValue).toArray();
    }

    /** The masks by the names of the graph inputs. */
    Map<String, HostTensor> masks() {
        return masks;
    }

    void draw(RandomGenerator random) {
        masks.values().forEach(mask -> draw(mask.floats(), random));
    }

    private void draw(FloatBuffer mask, RandomGenerator random) {
        int size = mask.capacity();
        for (int i = 0; i < size; ) {
            long bits = random.nextLong();
            int end = Math.min(size, i + Long.SIZE / BITS);
            for (; i < end; i++, bits >>>= BITS) {
                mask.put(i, (bits & MASK) < dropBelow ? 0 : kept);
            }
        }
    }

    @Override
    public void close() {
        masks.values().forEach(HostTensor::close);
    }
}
