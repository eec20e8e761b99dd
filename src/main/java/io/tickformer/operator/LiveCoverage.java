package io.tickformer.operator;

import io.tickformer.spec.NormalQuantile;

/**
 * The share of recent values within the 80 and 95 % intervals that were published for them, over
 * all series of a subtask and all scored steps. For metrics; it is no state.
 */
final class LiveCoverage {
    /** A value counts half after so many others. */
    private static final double HALF_LIFE = 10_000;

    private static final double KEPT = Math.pow(0.5, 1 / HALF_LIFE);
    private static final double SCORE_80 = NormalQuantile.of(0.9);
    private static final double SCORE_95 = NormalQuantile.of(0.975);

    private double all;
    private double within80;
    private double within95;

    /**
     * Takes a tick.
     *
     * @param positions where its value fell in its forecasts, as normal scores; NaN where there was
     *     none
     */
    void add(double[] positions) {
        for (double position : positions) {
            if (!Double.isNaN(position)) {
                double distance = Math.abs(position);
                all = KEPT * all + 1;
                within80 = KEPT * within80 + (distance <= SCORE_80 ? 1 : 0);
                within95 = KEPT * within95 + (distance <= SCORE_95 ? 1 : 0);
            }
        }
    }

    /** The share within the 80 % interval; NaN before the first value. */
    double of80() {
        return within80 / all;
    }

    /** The share within the 95 % interval; NaN before the first value. */
    double of95() {
        return within95 / all;
    }
}
