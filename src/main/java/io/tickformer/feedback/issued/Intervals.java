package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * The central intervals among quantile levels: pairs of levels t and 1 - t, the narrowest first.
 */
@Internal
public final class Intervals {
    /** Levels closer than this are equal. */
    private static final double SAME_LEVEL = 1e-9;

    private final int[] lower;
    private final int[] upper;
    private final double[] nominal;

    private Intervals(int[] lower, int[] upper, double[] nominal) {
        this.lower = lower;
        this.upper = upper;
        this.nominal = nominal;
    }

    /**
     * The intervals of some levels.
     *
     * @param levels ascending
     */
    public static Intervals of(double[] levels) {
        List<int[]> pairs = new ArrayList<>();
        for (int low = levels.length - 1; low >= 0; low--) {
            for (int high = low + 1; high < levels.length; high++) {
                if (Math.abs(levels[low] + levels[high] - 1) < SAME_LEVEL) {
                    pairs.add(new int[] {low, high});
                }
            }
        }
        int[] lower = new int[pairs.size()];
        int[] upper = new int[pairs.size()];
        double[] nominal = new double[pairs.size()];
        for (int i = 0; i < lower.length; i++) {
            lower[i] = pairs.get(i)[0];
            upper[i] = pairs.get(i)[1];
            // Round: 0.9 - 0.1 is not exactly 0.8, and the coverage is part of names.
            nominal[i] = Math.round((levels[upper[i]] - levels[lower[i]]) * 1e9) / 1e9;
        }
        return new Intervals(lower, upper, nominal);
    }

    /** The number of intervals. */
    public int count() {
        return nominal.length;
    }

    /** The nominal coverage of an interval, such as 0.8. */
    public double nominal(int interval) {
        return nominal[interval];
    }

    /** The position of the level of an interval's lower end. */
    public int lower(int interval) {
        return lower[interval];
    }

    /** The position of the level of an interval's upper end. */
    public int upper(int interval) {
        return upper[interval];
    }
}
