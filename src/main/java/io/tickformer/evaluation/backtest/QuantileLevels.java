package io.tickformer.evaluation.backtest;

import java.util.ArrayList;
import java.util.List;

/** Central intervals and integration weights of quantile levels. */
final class QuantileLevels {
    /** Levels closer than this are equal. */
    private static final double SAME_LEVEL = 1e-9;

    private QuantileLevels() {}

    /**
     * The central intervals between two levels {@code t} and {@code 1 - t}, narrowest first.
     *
     * @param levels ascending
     */
    static List<CentralInterval> centralIntervals(double[] levels) {
        List<CentralInterval> intervals = new ArrayList<>();
        for (int lower = levels.length - 1; lower >= 0; lower--) {
            for (int upper = lower + 1; upper < levels.length; upper++) {
                if (Math.abs(levels[lower] + levels[upper] - 1) < SAME_LEVEL) {
                    double level = levels[upper] - levels[lower];
                    // Round: 0.9 - 0.1 is not exactly 0.8, and the level is part of names.
                    intervals.add(new CentralInterval(Math.round(level * 1e9) / 1e9, lower, upper));
                }
            }
        }
        return intervals;
    }

    /**
     * The weight of each level in an integral over (0, 1): the length of the part that is nearer to
     * this level than to any other. The weights sum to one.
     */
    static double[] weights(double[] levels) {
        double[] weights = new double[levels.length];
        double from = 0;
        for (int i = 0; i < levels.length; i++) {
            double to = i == levels.length - 1 ? 1 : (levels[i] + levels[i + 1]) / 2;
            weights[i] = to - from;
            from = to;
        }
        return weights;
    }

    /**
     * A central interval.
     *
     * @param level nominal coverage
     * @param lower position of its lower quantile level
     * @param upper position of its upper quantile level
     */
    record CentralInterval(double level, int lower, int upper) {}
}
