package io.tickformer.lab.drill;

import java.util.SplittableRandom;

/**
 * A clean series, to which faults are applied.
 *
 * @param number of the series in its case
 * @param values by tick
 * @param spread standard deviation of the values
 */
record CleanSeries(int number, double[] values, double spread) {
    private static final int DAY = 24;
    private static final int WEEK = 168;

    /** Levels and scales of the series, in turn; no two series have the same unit. */
    private static final double[] LEVELS = {40, 0, 230, -15, 28, 1_000, 5, 65};

    private static final double[] SCALES = {7, 1, 4, 3, 0.8, 120, 0.2, 11};

    /**
     * The series of this number.
     *
     * @param length in ticks
     */
    static CleanSeries of(int number, int length) {
        SplittableRandom chance = new SplittableRandom(7_919L * (number + 1));
        double[] shape = shape(number, length, chance);
        double[] values = new double[length];
        int unit = Math.floorMod(number, LEVELS.length);
        for (int i = 0; i < length; i++) {
            values[i] = LEVELS[unit] + SCALES[unit] * shape[i];
        }
        return new CleanSeries(number, values, deviation(values));
    }

    private static double[] shape(int number, int length, SplittableRandom chance) {
        double[] shape = new double[length];
        double phase = chance.nextDouble() * DAY;
        double slow = 0;
        for (int i = 0; i < length; i++) {
            double noise = chance.nextGaussian();
            double day = Math.sin(2 * Math.PI * (i + phase) / DAY);
            double week = Math.sin(2 * Math.PI * (i + phase) / WEEK);
            switch (Math.floorMod(number, 6)) {
                case 0 -> shape[i] = 1.3 * day + 0.3 * noise;
                case 1 -> {
                    slow = 0.8 * slow + 0.3 * noise;
                    shape[i] = day + 0.6 * week + slow;
                }
                case 2 -> {
                    slow = 0.9 * slow + 0.44 * noise;
                    shape[i] = slow;
                }
                case 3 -> {
                    slow = 0.99 * slow + 0.14 * noise;
                    shape[i] = slow;
                }
                case 4 -> shape[i] = noise;
                default -> shape[i] = Math.exp(0.8 * day) - 1.2 + 0.25 * noise;
            }
        }
        return shape;
    }

    /** The standard deviation of values. */
    static double deviation(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double sum = 0;
        for (double value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
