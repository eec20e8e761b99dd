package io.tickformer.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Simulates sensor faults in a window at random: spikes of up to 10,000 standard deviations, a
 * stuck value, and a lasting change of level or scale.
 *
 * <p>Sizes are relative to the standard deviation of the series and log-uniformly distributed. A
 * temporary fault changes the context only; the targets stay as they were. A lasting fault changes
 * context and targets, and is not a target of earlier tokens, which cannot anticipate it.
 */
final class SensorFaults {
    /** Largest size of a spike in standard deviations. */
    private static final double LARGEST_SPIKE = 1e4;

    private static final double LARGEST_SHIFT = 100;

    /** Largest factor by which the standard deviation grows or shrinks. */
    private static final double LARGEST_GROWTH = 10;

    private static final int LONGEST_STUCK = 65;

    /** Largest share of observations that are spikes. */
    private static final double MOST_SPIKES = 0.01;

    private final double strength;

    /**
     * @param strength exponent of the largest sizes, in (0, 1]: with 0.5 the largest spike has 100
     *     standard deviations instead of 10,000
     */
    SensorFaults(double strength) {
        this.strength = strength;
    }

    /**
     * Puts one fault into one channel.
     *
     * @param seen values of the context, oldest first; changed
     * @param targets the same values and those after the context; changed if the fault lasts
     * @param first first tick at which the fault may begin
     * @param last last tick of the context
     * @param spread standard deviation of the series; positive
     * @return index at which a lasting fault begins; the length of the values if there is none
     */
    int put(
            double[] seen,
            double[] targets,
            int first,
            int last,
            double spread,
            SplittableRandom random) {
        int begin = first + random.nextInt(last - first + 1);
        switch (random.nextInt(4)) {
            case 0 -> spike(seen, first, last, spread, random);
            case 1 -> stick(seen, begin, last, random);
            case 2 -> {
                shift(seen, targets, begin, spread, random);
                return begin;
            }
            default -> {
                spreadOut(seen, targets, begin, random);
                return begin;
            }
        }
        return seen.length;
    }

    private void spike(double[] seen, int first, int last, double spread, SplittableRandom random) {
        boolean many = random.nextBoolean();
        int most = many ? (int) Math.ceil(MOST_SPIKES * (last - first + 1)) : 1;
        int count = 1 + random.nextInt(most);
        for (int i = 0; i < count; i++) {
            int tick = first + random.nextInt(last - first + 1);
            seen[tick] += side(random) * spread * size(LARGEST_SPIKE, random);
        }
    }

    private static void stick(double[] seen, int begin, int last, SplittableRandom random) {
        int end = Math.min(last + 1, begin + 2 + random.nextInt(LONGEST_STUCK - 1));
        boolean zero = random.nextBoolean() || Double.isNaN(seen[begin]);
        double value = zero ? 0 : seen[begin];
        for (int tick = begin; tick < end; tick++) {
            // Missing values stay missing.
            seen[tick] = Double.isNaN(seen[tick]) ? Double.NaN : value;
        }
    }

    private void shift(
            double[] seen, double[] targets, int begin, double spread, SplittableRandom random) {
        double shift = side(random) * spread * size(LARGEST_SHIFT, random);
        for (int tick = begin; tick < seen.length; tick++) {
            seen[tick] += shift;
            targets[tick] += shift;
        }
    }

    private void spreadOut(double[] seen, double[] targets, int begin, SplittableRandom random) {
        double size = size(LARGEST_GROWTH, random);
        double growth = random.nextInt(3) == 0 ? 1 / size : size;
        double middle = middle(targets, begin);
        for (int tick = begin; tick < seen.length; tick++) {
            seen[tick] = middle + growth * (seen[tick] - middle);
            targets[tick] = middle + growth * (targets[tick] - middle);
        }
    }

    /** Median of the values before a tick; 0 if there are none. */
    private static double middle(double[] values, int end) {
        double[] sorted =
                Arrays.stream(values, 0, end).filter(v -> !Double.isNaN(v)).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private double size(double largest, SplittableRandom random) {
        return Math.pow(largest, strength * random.nextDouble());
    }

    private static int side(SplittableRandom random) {
        return random.nextBoolean() ? 1 : -1;
    }
}
