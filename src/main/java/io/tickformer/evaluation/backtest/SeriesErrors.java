package io.tickformer.evaluation.backtest;

import io.tickformer.evaluation.backtest.QuantileLevels.CentralInterval;
import java.util.List;

/**
 * Sums over targets of one series at one horizon step, in the unit of the series; all metrics
 * follow from them. Mutable and primitive, because every target of a backtest passes through it.
 */
final class SeriesErrors {
    private final double[] levels;
    private final double[] weights;
    private final List<CentralInterval> intervals;

    private long targets;
    private double absolute;
    private double squared;
    private long ranked;
    private double absoluteTargets;
    private double crps;
    private final double[] pinball;
    private final long[] below;
    private final long[] covered;
    private final double[] width;

    /**
     * @param levels ascending; empty for point forecasts
     */
    SeriesErrors(double[] levels) {
        this.levels = levels;
        this.weights = QuantileLevels.weights(levels);
        this.intervals = QuantileLevels.centralIntervals(levels);
        this.pinball = new double[levels.length];
        this.below = new long[levels.length];
        this.covered = new long[intervals.size()];
        this.width = new double[intervals.size()];
    }

    /** Adds a point forecast and its target. */
    void addPoint(double forecast, double target) {
        double error = target - forecast;
        targets++;
        absolute += Math.abs(error);
        squared += error * error;
    }

    /**
     * Adds quantile forecasts and their target.
     *
     * @param quantiles of consecutive steps; those of this step start at {@code offset}
     */
    void addQuantiles(double[] quantiles, int offset, double target) {
        for (int i = 0; i < levels.length; i++) {
            if (Double.isNaN(quantiles[offset + i])) {
                return;
            }
        }
        ranked++;
        absoluteTargets += Math.abs(target);
        for (int i = 0; i < levels.length; i++) {
            double error = target - quantiles[offset + i];
            double loss = Math.max(levels[i] * error, (levels[i] - 1) * error);
            pinball[i] += loss;
            crps += 2 * weights[i] * loss;
            below[i] += error <= 0 ? 1 : 0;
        }
        for (int i = 0; i < covered.length; i++) {
            CentralInterval interval = intervals.get(i);
            double lower = quantiles[offset + interval.lower()];
            double upper = quantiles[offset + interval.upper()];
            covered[i] += lower <= target && target <= upper ? 1 : 0;
            width[i] += upper - lower;
        }
    }

    /** Adds the sums of other targets with the same levels. */
    void add(SeriesErrors other) {
        targets += other.targets;
        absolute += other.absolute;
        squared += other.squared;
        ranked += other.ranked;
        absoluteTargets += other.absoluteTargets;
        crps += other.crps;
        for (int i = 0; i < pinball.length; i++) {
            pinball[i] += other.pinball[i];
            below[i] += other.below[i];
        }
        for (int i = 0; i < covered.length; i++) {
            covered[i] += other.covered[i];
            width[i] += other.width[i];
        }
    }

    /** Number of targets with a point forecast. */
    long targets() {
        return targets;
    }

    double absolute() {
        return absolute;
    }

    double squared() {
        return squared;
    }

    /** Number of targets with quantile forecasts. */
    long ranked() {
        return ranked;
    }

    /**
     * The sum of the CRPS. That of a point forecast is its absolute error (Gneiting and Raftery
     * 2007, section 4.2).
     */
    double crps() {
        return levels.length == 0 ? absolute : crps;
    }

    /** Number of targets with a CRPS. */
    long crpsTargets() {
        return levels.length == 0 ? targets : ranked;
    }

    /** Twice the pinball loss, averaged over levels, divided by the sum of absolute targets. */
    double weightedQuantileLoss() {
        double sum = 0;
        for (double loss : pinball) {
            sum += loss;
        }
        return levels.length == 0 || absoluteTargets == 0
                ? Double.NaN
                : 2 * sum / levels.length / absoluteTargets;
    }

    /** The share of targets at or below the quantile of a level; NaN without targets. */
    double shareBelow(int level) {
        return (double) below[level] / ranked;
    }

    int intervals() {
        return covered.length;
    }

    double intervalLevel(int interval) {
        return intervals.get(interval).level();
    }

    /** The share of targets within an interval; NaN without targets. */
    double coverage(int interval) {
        return (double) covered[interval] / ranked;
    }

    /** The mean interval score of an interval; NaN without targets. */
    double intervalScore(int interval) {
        CentralInterval of = intervals.get(interval);
        return 2 / (1 - of.level()) * (pinball[of.lower()] + pinball[of.upper()]) / ranked;
    }

    /** The mean width of an interval; NaN without targets. */
    double meanWidth(int interval) {
        return width[interval] / ranked;
    }
}
