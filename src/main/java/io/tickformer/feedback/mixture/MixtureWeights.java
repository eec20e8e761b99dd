package io.tickformer.feedback.mixture;

/**
 * The weights of the forecasters at one scored step, learned from their absolute errors.
 *
 * <p><b>Rule.</b> Exponential weights with a fixed share (Herbster and Warmuth 1998, Tracking the
 * best expert): when a target comes due, a small share of all weight returns to the prior, then
 * each weight is multiplied by exp(-eta x loss), then all are divided by their sum. The share keeps
 * every forecaster in the race: one that becomes the best takes over after a few tens of targets.
 *
 * <p><b>Loss.</b> The absolute error beyond the smallest of the three, in units of a {@link
 * LossScale running mean} of the errors of all three. So weights do not depend on the unit of the
 * series, and an absurd value, which all three miss alike, changes nothing. Differences of {@value
 * #CLIP} such units and more count alike.
 *
 * <p><b>Share.</b> It is proportional to how far the three errors lie apart, up to one unit. Where
 * all three agree, as on a flat line, nothing is learned and nothing is forgotten.
 *
 * <p><b>Far steps.</b> Errors of successive forecasts of a far step are nearly the same error, so
 * rate and share are divided by the square root of the number of remembered forecasts that wait for
 * their targets at the same time.
 *
 * <p><b>Prior.</b> The model has {@value #PRIOR_OF_MODEL}, because it was chosen by its errors in
 * the past. Naive and seasonal naive share the rest; without a season, naive has it alone.
 *
 * <p>The state is {@value #FLOATS} floats of an array: the weights and the running mean. It may be
 * all zeros in the beginning, which stands for the prior.
 */
final class MixtureWeights {
    /** Floats of the state. */
    static final int FLOATS = MixedForecasters.COUNT + LossScale.FLOATS;

    private static final double RATE = 0.4;
    private static final double SHARE = 0.001;
    private static final double PRIOR_OF_MODEL = 0.8;
    private static final double CLIP = 30;
    private static final LossScale SCALE = new LossScale(0.02);

    private final double rate;
    private final double share;
    private final double[] prior = new double[MixedForecasters.COUNT];
    private final double[] errors = new double[MixedForecasters.COUNT]; // reused per target
    private final double[] updated = new double[MixedForecasters.COUNT]; // reused per target

    /**
     * @param waiting number of remembered forecasts of the step that wait for their targets
     * @param isSeasonal whether seasonal naive differs from naive
     */
    MixtureWeights(double waiting, boolean isSeasonal) {
        double slowness = Math.sqrt(Math.max(1, waiting));
        rate = RATE / slowness;
        share = SHARE / slowness;
        prior[MixedForecasters.MODEL] = PRIOR_OF_MODEL;
        double rest = 1 - PRIOR_OF_MODEL;
        prior[MixedForecasters.NAIVE] = isSeasonal ? rest / 2 : rest;
        prior[MixedForecasters.SEASONAL] = isSeasonal ? rest / 2 : 0;
    }

    /** The weight of a forecaster; the weights sum to 1 but for rounding. */
    double of(float[] state, int at, int expert) {
        return isPrior(state, at) ? prior[expert] : state[at + expert];
    }

    private static boolean isPrior(float[] state, int at) {
        return state[at] + state[at + 1] + state[at + 2] == 0;
    }

    /** Takes the value of a target and the K forecasts that were made for it, all finite. */
    void add(float[] state, int at, double value, double[] forecasts) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double mean = 0;
        for (int k = 0; k < MixedForecasters.COUNT; k++) {
            errors[k] = Math.abs(value - forecasts[k]);
            least = Math.min(least, errors[k]);
            most = Math.max(most, errors[k]);
            mean += errors[k] / MixedForecasters.COUNT;
        }
        SCALE.add(state, at + MixedForecasters.COUNT, mean);
        double unit = SCALE.of(state, at + MixedForecasters.COUNT);
        if (!(unit > 0)) {
            return;
        }
        double returned = share * Math.min(1, (most - least) / unit);
        double sum = 0;
        for (int k = 0; k < MixedForecasters.COUNT; k++) {
            double shared = of(state, at, k) * (1 - returned) + prior[k] * returned;
            double loss = Math.min(CLIP, (errors[k] - least) / unit);
            updated[k] = loss == 0 ? shared : shared * Math.exp(-rate * loss);
            sum += updated[k];
        }
        for (int k = 0; k < MixedForecasters.COUNT; k++) {
            state[at + k] = (float) (updated[k] / sum);
        }
    }

    /** The usual error of the three at this step; 0 before the first. */
    double unit(float[] state, int at) {
        return SCALE.of(state, at + MixedForecasters.COUNT);
    }
}
