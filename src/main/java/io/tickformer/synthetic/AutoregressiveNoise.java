package io.tickformer.synthetic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * ARMA noise with mean 0 and standard deviation 1.
 *
 * @param partials partial autocorrelations of the autoregression, each between -1 and 1, which
 *     guarantees stationarity (the Durbin-Levinson recursion converts them into coefficients)
 * @param moving coefficients of the moving average
 * @param tail tail of the shocks
 * @param unrest standard deviation of the slow variation of the shocks' log size
 */
record AutoregressiveNoise(List<Double> partials, List<Double> moving, Tail tail, double unrest)
        implements Ingredient {
    /** Burn-in ticks. */
    private static final int BEFORE = 200;

    private static final double FREEDOM = 3.5;

    /** Distributions of the shocks. */
    enum Tail {
        NORMAL,
        /** The Laplace distribution, two exponentials back to back. */
        DOUBLE_EXPONENTIAL,
        /** Student's t with few degrees of freedom. */
        HEAVY
    }

    AutoregressiveNoise {
        partials = List.copyOf(partials);
        moving = List.copyOf(moving);
    }

    /** Normal white noise. */
    static AutoregressiveNoise white() {
        return new AutoregressiveNoise(List.of(), List.of(), Tail.NORMAL, 0);
    }

    static AutoregressiveNoise random(SeriesRandom chance) {
        List<Double> partials = new ArrayList<>();
        int order = chance.choose(0.3, 0.45, 0.15, 0.1);
        for (int i = 0; i < order; i++) {
            // The first partial autocorrelation is mostly positive, as in real data.
            partials.add(i == 0 ? chance.between(-0.2, 0.98) : chance.between(-0.6, 0.6));
        }
        List<Double> moving = new ArrayList<>();
        int average = chance.choose(0.7, 0.2, 0.1);
        for (int i = 0; i < average; i++) {
            moving.add(chance.between(-0.7, 0.9));
        }
        return new AutoregressiveNoise(
                partials,
                moving,
                Tail.values()[chance.choose(0.65, 0.2, 0.15)],
                chance.happens(0.3) ? chance.logBetween(0.1, 0.9) : 0);
    }

    @Override
    public double[] draw(int length, SeriesRandom chance) {
        double[] coefficients = coefficients();
        double[] sizes = sizes(length, chance);
        int all = BEFORE + length;
        double[] shocks = new double[all];
        double[] values = new double[all];
        for (int i = 0; i < all; i++) {
            shocks[i] = shock(chance) * sizes[Math.max(0, i - BEFORE)];
            double value = shocks[i];
            for (int k = 0; k < coefficients.length && k < i; k++) {
                value += coefficients[k] * values[i - 1 - k];
            }
            for (int k = 0; k < moving.size() && k < i; k++) {
                value += moving.get(k) * shocks[i - 1 - k];
            }
            values[i] = value;
        }
        return CurveMath.standardise(Arrays.copyOfRange(values, BEFORE, all));
    }

    /** Coefficients of the autoregression, starting with lag 1. */
    double[] coefficients() {
        double[] coefficients = new double[0];
        for (double partial : partials) {
            int order = coefficients.length;
            double[] next = new double[order + 1];
            for (int k = 0; k < order; k++) {
                next[k] = coefficients[k] - partial * coefficients[order - 1 - k];
            }
            next[order] = partial;
            coefficients = next;
        }
        return coefficients;
    }

    private double[] sizes(int length, SeriesRandom chance) {
        double[] sizes = new double[length];
        if (unrest > 0) {
            double slowness = chance.logBetween(10, length + 10.0);
            sizes = GaussianProcess.slowCurve(length, slowness, chance);
        }
        for (int i = 0; i < length; i++) {
            sizes[i] = Math.exp(unrest * sizes[i]);
        }
        return sizes;
    }

    private double shock(SeriesRandom chance) {
        return switch (tail) {
            case NORMAL -> chance.normal();
            case DOUBLE_EXPONENTIAL -> chance.sign() * chance.exponential();
            case HEAVY -> chance.student(FREEDOM);
        };
    }
}
