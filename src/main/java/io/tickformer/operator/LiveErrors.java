package io.tickformer.operator;

import io.tickformer.feedback.score.RollingScores;

/**
 * Errors of the published forecasts as multiples of those of naive and seasonal naive, over all
 * series of a subtask and all scored steps. For metrics; it is no state.
 *
 * <p>Series have different units, and the errors of naive may be close to zero, so neither errors
 * nor their ratios can be averaged. This averages the share e / (e + n), where e is the recent
 * error of a series and n that of naive: it lies between 0 and 1 whatever the series. A mean share
 * m is the ratio m / (1 - m).
 */
final class LiveErrors {
    /** A target counts half after so many others. */
    private static final double HALF_LIFE = 10_000;

    private static final double KEPT = Math.pow(0.5, 1 / HALF_LIFE);

    private final MeanShare naive = new MeanShare();
    private final MeanShare seasonal = new MeanShare();

    /**
     * Takes a tick.
     *
     * @param positions one per scored step; NaN where the tick was no target
     * @param scores those of its series, the tick included
     */
    void add(double[] positions, RollingScores scores) {
        for (int step = 0; step < positions.length; step++) {
            if (!Double.isNaN(positions[step])) {
                naive.add(scores.recentShareToNaive(step));
                seasonal.add(scores.recentShareToSeasonalNaive(step));
            }
        }
    }

    /** The error as a multiple of that of naive; NaN before the first target. */
    double toNaive() {
        return naive.ratio();
    }

    /** The error as a multiple of that of seasonal naive; NaN before the first target. */
    double toSeasonalNaive() {
        return seasonal.ratio();
    }

    /** The ratio e / n that belongs to a share e / (e + n). */
    static double ratio(double share) {
        return share / (1 - share);
    }

    /** A mean of shares in which older ones weigh less. */
    private static final class MeanShare {
        private double all;
        private double sum;

        void add(double share) {
            if (!Double.isNaN(share)) {
                all = KEPT * all + 1;
                sum = KEPT * sum + share;
            }
        }

        double ratio() {
            return LiveErrors.ratio(sum / all);
        }
    }
}
