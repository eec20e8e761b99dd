package io.tickformer.cli.demo;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same on every machine and with every Java: the generator's uniform
 * numbers are fixed by its specification, and nothing here depends on the rounding of a platform's
 * mathematics.
 */
final class Noise {
    private static final int SUMMANDS = 12;

    private final SplittableRandom random;

    Noise(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A generator for one of many parts of a whole, independent of the others. */
    static Noise of(long seed, long part) {
        // An odd multiplier spreads neighbouring parts over the seeds.
        return new Noise(seed * 0x9E3779B97F4A7C15L + part * 0xBF58476D1CE4E5B9L + 1);
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

    /** Uniform in 0 to bound, the latter excluded. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Mean 0, variance 1, nearly normal: the sum of twelve uniform numbers less six. */
    double normal() {
        double sum = -SUMMANDS / 2.0;
        for (int i = 0; i < SUMMANDS; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }
}
