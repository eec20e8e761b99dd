package io.tickformer.spec;

import io.tickformer.annotation.Internal;

/** Quantiles of the standard normal distribution. */
@Internal
public final class NormalQuantile {
    private static final int SERIES_TERMS = 200;

    private NormalQuantile() {}

    /**
     * The quantile function of the standard normal distribution, computed by bisection. It is
     * called a few times when a model is created, never per tick.
     *
     * @param level in (0, 1)
     */
    public static double of(double level) {
        double low = -10;
        double high = 10;
        for (int i = 0; i < 200; i++) {
            double middle = (low + high) / 2;
            if (middle == low || middle == high) {
                break; // no number lies between them
            }
            if (cumulative(middle) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** Marsaglia 2004, "Evaluating the Normal Distribution": a series of positive terms. */
    private static double cumulative(double x) {
        double term = x;
        double sum = x;
        for (int i = 1; i < SERIES_TERMS; i++) {
            double ratio = x * x / (2 * i + 1);
            term *= ratio;
            if (ratio < 1 && sum + term == sum) {
                break; // all terms to come are smaller still
            }
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
