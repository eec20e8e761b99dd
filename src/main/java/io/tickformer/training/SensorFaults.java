package io.tickformer.training;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What goes wrong with sensors, put into a window at random: single readings that are wrong by up
 * to 10,000 spreads, a value that is stuck, another level and another spread from some tick on.
 *
 * <p>Sizes are measured in the spread of the series, and drawn evenly by order of magnitude. What
 * passes is seen by contexts only, and targets stay as they were; what lasts changes both, and is
 * no target of what came before it, which cannot know of it.
 */
final class SensorFaults {
    /** Readings are wrong by up to so many spreads. */
    private static final double LARGEST_SPIKE = 1e4;

    private static final double LARGEST_SHIFT = 100;

    /** A spread grows, or shrinks, by up to so much. */
    private static final double LARGEST_GROWTH = 10;

    private static final int LONGEST_STUCK = 65;

    /** A share of readings that is wrong, at most. */
    private static final double MOST_SPIKES = 0.01;

    private final double strength;

    /**
     * @param strength the largest sizes are raised to this power, in (0, 1]: with 0.5 readings are
     *     wrong by up to 100 spreads and not 10,000
     */
    SensorFaults(double strength) {
        this.strength = strength;
    }

    /**
     * Puts one fault into one channel.
     *
     * @param seen what contexts see, oldest first; changed
     * @param targets the same, with what comes after; changed where the fault lasts
     * @param first where the fault may begin
     * @param last the last tick of the context
     * @param spread of the series, in its unit; positive
     * @return where a change that lasts begins; the length where there is none
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
            // What is missing stays missing.
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

    /** The median of what comes before a tick; 0 where that is nothing. */
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
