package io.tickformer.cli.demo;

import java.util.SplittableRandom;

/**
 * Random numbers that are equal on every machine and Java version. The uniform numbers of the
 * generator are specified, and nothing depends on the rounding of platform mathematics.
 */
final class PortableRandom {
    private static final int SUMMANDS = 12;

    private final SplittableRandom random;

    PortableRandom(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A generator for one of many parts, independent of the others. */
    static PortableRandom of(long seed, long part) {
        // An odd multiplier spreads the seeds of neighbouring parts.
        return new PortableRandom(seed * 0x9E3779B97F4A7C15L + part * 0xBF58476D1CE4E5B9L + 1);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return random.nextDouble();
    }

    /** Uniform in [from, to). */
    double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** True with the given probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Uniform integer in 0 to bound, exclusive. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Mean 0, variance 1, nearly normal: the sum of twelve uniform numbers minus six. */
    double normal() {
        double sum = -SUMMANDS / 2.0;
        for (int i = 0; i < SUMMANDS; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
