package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.NormalQuantile;

/**
 * The distribution that the quantiles of one horizon step stand for, as a function of normal
 * scores.
 *
 * <p>The normal score of a level t is the t-quantile of the standard normal distribution. Between
 * two quantiles the curve is linear in the score, so normal quantiles lie on one line. Beyond the
 * outermost quantiles it goes on with the mean slope of its half, as the last segment alone is
 * noisy. A slope is never zero, so that every value has a score.
 *
 * <p>All methods are without state and are called per tick.
 */
@Internal
public final class QuantileCurve {
    /** The largest score. */
    public static final double LARGEST = 1000;

    /** The smallest slope, as a share of the magnitude of the values: a rounding error. */
    private static final double ROUNDING = 1e-9;

    /** The smallest slope of a curve around zero. */
    private static final double SMALLEST = 1e-30;

    private final double[] scores; // Q
    private final double[] densities; // Q
    private final int middle; // position of the level nearest to the median

    /**
     * @param levels Q quantile levels in (0, 1), ascending
     */
    public QuantileCurve(double[] levels) {
        scores = new double[levels.length];
        densities = new double[levels.length];
        int nearest = 0;
        for (int i = 0; i < levels.length; i++) {
            scores[i] = NormalQuantile.of(levels[i]);
            densities[i] = Math.exp(-scores[i] * scores[i] / 2) / Math.sqrt(2 * Math.PI);
            nearest = Math.abs(levels[i] - 0.5) < Math.abs(levels[nearest] - 0.5) ? i : nearest;
        }
        middle = nearest;
    }

    /** Q, the number of levels. */
    public int levels() {
        return scores.length;
    }

    /** The position of the level nearest to the median. */
    public int middle() {
        return middle;
    }

    /** The normal score of the level at a position. */
    public double score(int level) {
        return scores[level];
    }

    /** The standard normal density at that score. */
    public double density(int level) {
        return densities[level];
    }

    /**
     * The normal score at which the curve takes a value, at most {@link #LARGEST} in magnitude. If
     * it takes the value over a range of scores, the middle of the range.
     *
     * @param quantiles ascending from position {@code from}, Q of them
     */
    public double scoreOf(double[] quantiles, int from, double value) {
        int last = scores.length - 1;
        int below = 0; // number of quantiles below the value
        while (below <= last && quantiles[from + below] < value) {
            below++;
        }
        if (below > last) {
            double beyond = (value - quantiles[from + last]) / upperSlope(quantiles, from);
            return Math.min(LARGEST, scores[last] + beyond);
        }
        int equal = below; // position after the last quantile equal to the value
        while (equal <= last && quantiles[from + equal] == value) {
            equal++;
        }
        if (equal > below) {
            return (scores[below] + scores[equal - 1]) / 2;
        }
        if (below == 0) {
            double beyond = (quantiles[from] - value) / lowerSlope(quantiles, from);
            return Math.max(-LARGEST, scores[0] - beyond);
        }
        double low = quantiles[from + below - 1];
        double share = (value - low) / (quantiles[from + below] - low);
        return scores[below - 1] + share * (scores[below] - scores[below - 1]);
    }

    /**
     * The value of the curve at a normal score.
     *
     * @param quantiles ascending from position {@code from}, Q of them
     */
    public double valueAt(double[] quantiles, int from, double score) {
        int last = scores.length - 1;
        if (score >= scores[last]) {
            double beyond = score - scores[last];
            return beyond == 0
                    ? quantiles[from + last]
                    : quantiles[from + last] + beyond * upperSlope(quantiles, from);
        }
        if (score <= scores[0]) {
            double beyond = scores[0] - score;
            return beyond == 0
                    ? quantiles[from]
                    : quantiles[from] - beyond * lowerSlope(quantiles, from);
        }
        int above = 1;
        while (scores[above] <= score) {
            above++;
        }
        double share = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
        double low = quantiles[from + above - 1];
        return low + share * (quantiles[from + above] - low);
    }

    private double upperSlope(double[] quantiles, int from) {
        int last = scores.length - 1;
        int start = middle == last ? 0 : middle;
        return slope(quantiles, from, start, last);
    }

    private double lowerSlope(double[] quantiles, int from) {
        int end = middle == 0 ? scores.length - 1 : middle;
        return slope(quantiles, from, 0, end);
    }

    private double slope(double[] quantiles, int from, int start, int end) {
        double rise = quantiles[from + end] - quantiles[from + start];
        double slope = start == end ? 0 : rise / (scores[end] - scores[start]);
        double magnitude = Math.abs(quantiles[from + start]) + Math.abs(quantiles[from + end]);
        return Math.max(slope, Math.max(SMALLEST, ROUNDING * magnitude));
    }
}
