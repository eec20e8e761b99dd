package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * The horizon steps whose forecasts are remembered until their targets come due: 1, 2, 4, 8 and so
 * on, and the last. Forecasts of neighbouring steps err alike, so a few steps tell about all of
 * them.
 *
 * <p>Successive forecasts of a far step err alike too: they share nearly all of the ticks between
 * issue and target. So a far step remembers only each forecast that is issued at a multiple of its
 * stride. A stride is a prime that divides no usual season, so that all phases of a season take
 * turns.
 */
@Internal
public final class ScoredSteps {
    /** Primes that do not divide 7, 12, 24, 48, 96, 168 or 288. */
    private static final int[] STRIDES = {5, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};

    /** A stride is at most this share of its step. */
    private static final int STRIDES_PER_STEP = 6;

    private final int[] steps;
    private final int[] strides;
    private final double[] shares; // H: share of the next scored step, the rest is of the last

    private ScoredSteps(int[] steps, int[] strides) {
        this.steps = steps;
        this.strides = strides;
        int horizon = steps[steps.length - 1];
        this.shares = new double[horizon];
        int position = 0;
        for (int step = 1; step <= horizon; step++) {
            while (steps[position] < step) {
                position++;
            }
            shares[step - 1] =
                    steps[position] == step
                            ? 1
                            : Math.log((double) step / steps[position - 1])
                                    / Math.log((double) steps[position] / steps[position - 1]);
        }
    }

    /** The scored steps of forecasts of some horizon steps, for a season in ticks. */
    static ScoredSteps of(int horizon, int season) {
        List<Integer> chosen = new ArrayList<>();
        for (int step = 1; step < horizon; step *= 2) {
            chosen.add(step);
        }
        chosen.add(horizon);
        int[] steps = chosen.stream().mapToInt(Integer::intValue).toArray();
        int[] strides = new int[steps.length];
        for (int i = 0; i < steps.length; i++) {
            strides[i] = strideOf(steps[i], season);
        }
        return new ScoredSteps(steps, strides);
    }

    private static int strideOf(int step, int season) {
        int stride = 1;
        for (int candidate : STRIDES) {
            if (candidate * STRIDES_PER_STEP <= step && season % candidate != 0) {
                stride = candidate;
            }
        }
        return stride;
    }

    /** The number of scored steps. */
    public int count() {
        return steps.length;
    }

    /** The horizon step, from 1, at a position. */
    public int step(int position) {
        return steps[position];
    }

    /**
     * Interpolates between scored steps, linear in the logarithm of the step.
     *
     * @param given what is given at scored steps: for the one at position p at the place {@code
     *     from + p * stride}
     * @param path H values, on return those of the horizon steps
     */
    public void interpolate(double[] given, int from, int stride, double[] path) {
        int begin = 0;
        double low = given[from];
        for (int position = 0; position < steps.length; position++) {
            double high = given[from + position * stride];
            double rise = high - low;
            for (int step = begin; step < steps[position]; step++) {
                path[step] = low + shares[step] * rise;
            }
            begin = steps[position];
            low = high;
        }
    }

    /**
     * Adds to each value of a path what {@link #interpolate} would set it to, times a unit.
     *
     * @param units H, one per value
     */
    public void addInterpolated(
            double[] given, int from, int stride, double[] units, double[] path) {
        int begin = 0;
        double low = given[from];
        for (int position = 0; position < steps.length; position++) {
            double high = given[from + position * stride];
            double rise = high - low;
            for (int step = begin; step < steps[position]; step++) {
                path[step] += (low + shares[step] * rise) * units[step];
            }
            begin = steps[position];
            low = high;
        }
    }

    /** Of the step at a position, only forecasts issued at multiples of this are remembered. */
    public int stride(int position) {
        return strides[position];
    }

    /** Whether the forecast of the step at a position that is issued at a tick is remembered. */
    public boolean isRemembered(int position, long issued) {
        int stride = strides[position];
        return stride == 1 || Math.floorMod(issued, stride) == 0;
    }
}
