package io.tickformer.feedback.mixture;

/**
 * The quantiles of the errors that a forecaster without quantiles of its own makes at one step. A
 * decayed empirical distribution in Q + {@value LossScale#FLOATS} floats of an array.
 *
 * <p>Each quantile follows its level by stochastic gradient steps on the pinball loss (Robbins and
 * Monro 1951): an error below it moves it down by (1 - t) steps, an error above it up by t steps,
 * so it rests where a share t of the errors lies below. A step is a share of the usual size of an
 * error, so an error of any size moves a quantile equally far. The share falls with the number of
 * errors down to a floor, with which old errors are forgotten.
 */
final class ResidualQuantiles {
    private static final double FIRST_STEPS = 2;
    private static final double LEAST_STEP = 0.04;
    private static final double SCALE_RATE = 0.02;

    private final double[] levels; // Q
    private final LossScale errors = new LossScale(SCALE_RATE);

    /**
     * @param levels Q quantile levels in (0, 1), ascending
     */
    ResidualQuantiles(double[] levels) {
        this.levels = levels.clone();
    }

    /** Floats of the state: Q quantiles and the scale of the errors. */
    int floats() {
        return levels.length + LossScale.FLOATS;
    }

    /**
     * Takes an error, the value less the forecast.
     *
     * @param error finite
     */
    void add(float[] state, int at, double error) {
        int scale = at + levels.length;
        errors.add(state, scale, Math.abs(error));
        double unit = errors.of(state, scale);
        if (!(unit > 0)) {
            return;
        }
        double scaled = error / unit;
        double step = Math.max(LEAST_STEP, FIRST_STEPS / (1 + errors.count(state, scale)));
        for (int i = 0; i < levels.length; i++) {
            double quantile = state[at + i];
            // Never beyond the error, so that a constant error is met and not circled.
            if (scaled < quantile) {
                double lower = quantile - step * (1 - levels[i]);
                state[at + i] = (float) (lower > scaled ? lower : scaled);
            } else {
                double higher = quantile + step * levels[i];
                state[at + i] = (float) (higher < scaled ? higher : scaled);
            }
        }
    }

    /** The number of errors so far. */
    double count(float[] state, int at) {
        return errors.count(state, at + levels.length);
    }

    /** The quantile of the errors for the level at a position. Quantiles may cross slightly. */
    double quantile(float[] state, int at, int level) {
        return state[at + level] * errors.of(state, at + levels.length);
    }
}
