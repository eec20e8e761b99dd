package io.tickformer.evaluation.nab;

/** The upper tail of the standard normal distribution. */
final class NormalTail {
    /** Chebyshev coefficients of the logarithm, lowest order first (see {@link #of}). */
    private static final double[] COEFFICIENTS = {
        -1.26551223,
        1.00002368,
        0.37409196,
        0.09678418,
        -0.18628806,
        0.27886807,
        -1.13520398,
        1.48851587,
        -0.82215223,
        0.17087277
    };

    private NormalTail() {}

    /**
     * The probability of a value above z. The relative error is at most 1.2e-7 everywhere (Press et
     * al., Numerical Recipes, section 6.2, {@code erfcc}).
     *
     * @param z at least 0
     */
    static double of(double z) {
        double x = z / Math.sqrt(2);
        double t = 1 / (1 + 0.5 * x);
        double polynomial = 0;
        for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
            polynomial = COEFFICIENTS[i] + t * polynomial;
        }
        return 0.5 * t * Math.exp(-x * x + polynomial);
    }
}
