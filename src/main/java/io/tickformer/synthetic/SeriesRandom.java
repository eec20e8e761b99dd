package io.tickformer.synthetic;

import java.util.SplittableRandom;

/** Random numbers of one series. Mutable; results depend on the order of the draws. */
final class SeriesRandom {
    /** From this mean on, a Poisson number is a rounded normal one. */
    private static final double LARGE_MEAN = 50;

    private final SplittableRandom random;

    private SeriesRandom(SplittableRandom random) {
        this.random = random;
    }

    /** The generator of one of many series, independent of the others. */
    static SeriesRandom of(long seed, long index) {
        // A finaliser and a split separate inputs that differ in only a few bits.
        long first = new SplittableRandom(seed).nextLong();
        return new SeriesRandom(new SplittableRandom(first + index * 0xd1b54a32d192ed03L).split());
    }

    /** An independent generator, unaffected by later draws from this one. */
    SeriesRandom split() {
        return new SeriesRandom(random.split());
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return random.nextDouble();
    }

    /** Uniform in [from, to). */
    double between(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** Log-uniform in [from, to); both positive. */
    double logBetween(double from, double to) {
        return from * Math.pow(to / from, random.nextDouble());
    }

    /** Uniform integer from {@code from} to {@code last}, inclusive. */
    int integer(int from, int last) {
        return from + random.nextInt(last - from + 1);
    }

    /** True with the given probability. */
    boolean happens(double probability) {
        return random.nextDouble() < probability;
    }

    /** An index with probability proportional to its weight. */
    int choose(double... weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        double left = random.nextDouble() * sum;
        for (int i = 0; i < weights.length - 1; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** Mean 0, variance 1. */
    double normal() {
        return random.nextGaussian();
    }

    /** Mean 1. */
    double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    /** Plus or minus 1. */
    int sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    /**
     * Gamma with a shape and scale 1, so mean and variance equal the shape: G. Marsaglia and W. W.
     * Tsang, "A simple method for generating gamma variables" (ACM TOMS 2000), with their boost for
     * shapes below 1.
     */
    double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(1 - random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = random.nextGaussian();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                double u = 1 - random.nextDouble();
                if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                    return d * v;
                }
            }
        }
    }

    /** Poisson with a mean; rounded normal for a large mean. */
    long poisson(double mean) {
        if (mean >= LARGE_MEAN) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }

    /** Student's t: a normal number divided by the root of a scaled chi-square. */
    double student(double freedom) {
        return normal() / Math.sqrt(gamma(freedom / 2) / (freedom / 2));
    }
}
