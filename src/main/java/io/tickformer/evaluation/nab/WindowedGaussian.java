package io.tickformer.evaluation.nab;

import io.tickformer.annotation.Internal;

/**
 * The benchmark's windowed Gaussian. The score of a row is 1 less the tail probability of its value
 * under the normal distribution of the rows in a window before it. The window holds 6,400 rows and
 * moves on by 100 rows at a time; while it fills, every row counts at once. Source: the benchmark's
 * {@code windowedGaussian_detector.py}.
 */
@Internal
public final class WindowedGaussian implements RowDetector {
    private static final int WINDOW = 6_400;
    private static final int STEP = 100;
    private static final double LEAST_DEVIATION = 1e-6;

    /** The window, oldest row first, and up to a step of newer rows that do not count yet. */
    private final double[] rows = new double[WINDOW + STEP];

    private int size;
    private double mean;
    private double deviation = 1;

    @Override
    public double next(double value) {
        double score = size == 0 ? 0 : 1 - NormalTail.of(Math.abs(value - mean) / deviation);
        rows[size++] = value;
        if (size <= WINDOW) {
            measure(size);
        } else if (size == WINDOW + STEP) {
            System.arraycopy(rows, STEP, rows, 0, WINDOW);
            size = WINDOW;
            measure(size);
        }
        return score;
    }

    private void measure(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += rows[i];
        }
        mean = sum / count;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (rows[i] - mean) * (rows[i] - mean);
        }
        double measured = Math.sqrt(squares / count);
        deviation = measured == 0 ? LEAST_DEVIATION : measured;
    }
}
