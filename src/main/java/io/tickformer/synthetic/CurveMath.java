package io.tickformer.synthetic;

/** Arithmetic on curves, in place where the first argument is not copied. */
final class CurveMath {
    private CurveMath() {}

    /** {@code target += weight * other}. */
    static void add(double[] target, double weight, double[] other) {
        for (int i = 0; i < target.length; i++) {
            target[i] += weight * other[i];
        }
    }

    static double mean(double[] curve) {
        double sum = 0;
        for (double value : curve) {
            sum += value;
        }
        return sum / curve.length;
    }

    /** Standard deviation with the population formula. */
    static double deviation(double[] curve) {
        double mean = mean(curve);
        double squares = 0;
        for (double value : curve) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / curve.length);
    }

    /** Shifts and scales a curve to mean 0 and standard deviation 1; a constant curve becomes 0. */
    static double[] standardise(double[] curve) {
        double mean = mean(curve);
        double deviation = deviation(curve);
        boolean constant = deviation <= 1e-9 * (1 + Math.abs(mean));
        for (int i = 0; i < curve.length; i++) {
            curve[i] = constant ? 0 : (curve[i] - mean) / deviation;
        }
        return curve;
    }
}
