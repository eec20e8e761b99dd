package io.tickformer.feedback.mixture;

/**
 * Weights of three candidates, learned from how much each would have been better than their
 * mixture.
 *
 * <p><b>Rule.</b> The regret r of a candidate at a target is the loss of the mixture less the loss
 * of the candidate. Two sums are kept for each candidate, R of r and V of the square of r; both
 * forget exponentially. Its weight is its prior weight times exp(c R / sqrt(V)), divided by the sum
 * of all. R / sqrt(V) is the t-statistic of the mean regret, so it has no unit and counts evidence
 * and not size: n equal regrets give sqrt(n), and noise gives about 1 whatever its size. A rate of
 * learning for each candidate that is tuned by the squares of its own regrets is that of
 * second-order methods (Gaillard, Stoltz and van Erven 2014, A second-order bound with excess
 * losses; Wintenberger 2017, Optimal learning with Bernstein online aggregation).
 *
 * <p><b>Rare bursts.</b> An error far larger than those before dominates both sums, and leaves R /
 * sqrt(V) near 1: what many quiet ticks seemed to say counts little against it. That is as it
 * should be where absolute errors are compared. A multiplicative rule with a fixed rate in units of
 * recent errors lets the quiet ticks decide.
 *
 * <p><b>Far steps.</b> Errors of forecasts that wait for their targets at the same time depend on
 * each other. For w waiting forecasts the t-statistic is divided by sqrt(w), and the memory is
 * sqrt(w) times as many targets.
 *
 * <p>The state is {@value #FLOATS} floats of an array: R, sqrt(V) and the weight of each of the N
 * candidates. All zeros stand for the prior.
 */
final class RegretWeights {
    /** N. A constant, so that the compiler unrolls the loops. */
    static final int CANDIDATES = 3;

    /** Floats of the state. */
    static final int FLOATS = 3 * CANDIDATES;

    private final double[] prior; // N
    private final double decay;
    private final double decisiveness;

    /**
     * @param prior N weights, their sum 1, the first above 0; a candidate without weight never gets
     *     any
     * @param memory the number of targets after which a regret has faded to a third
     * @param decisiveness the factor c of the t-statistic
     * @param waiting number of remembered forecasts of the step that wait for their targets
     */
    RegretWeights(double[] prior, double memory, double decisiveness, double waiting) {
        double slowness = Math.sqrt(Math.max(1, waiting));
        this.prior = prior.clone();
        this.decay = 1 - 1 / (memory * slowness);
        this.decisiveness = decisiveness / slowness;
    }

    /** Gives the N weights; they sum to 1 but for rounding. */
    void load(float[] state, int at, double[] weights) {
        int from = at + 2 * CANDIDATES;
        double sum = 0;
        for (int k = 0; k < CANDIDATES; k++) {
            weights[k] = state[from + k];
            sum += weights[k];
        }
        if (sum == 0) {
            System.arraycopy(prior, 0, weights, 0, CANDIDATES);
        }
    }

    /**
     * Takes the losses at a target.
     *
     * @param unit a usual error, positive; a regret far below it is no evidence
     * @param most regrets of this size and more count alike
     * @param mixed the loss of the mixture by the weights so far
     * @param losses N losses of the candidates
     * @param weights the N new weights on return
     */
    void add(
            float[] state,
            int at,
            double unit,
            double most,
            double mixed,
            double[] losses,
            double[] weights) {
        double all = 0;
        for (int k = 0; k < CANDIDATES; k++) {
            double regret = AbsurdForecasts.within(most, mixed - losses[k]);
            double root = state[at + CANDIDATES + k];
            double sum = decay * state[at + k] + regret;
            root = Math.sqrt(decay * root * root + regret * regret);
            state[at + k] = bounded(sum);
            state[at + CANDIDATES + k] = bounded(root);
            // The t-statistic is at most the root of the memory, so no exponential overflows.
            weights[k] = prior[k] * Math.exp(decisiveness * sum / (root + unit));
            all += weights[k];
        }
        double factor = 1 / all;
        int to = at + 2 * CANDIDATES;
        for (int k = 0; k < CANDIDATES; k++) {
            weights[k] *= factor;
            state[to + k] = (float) weights[k];
        }
    }

    private static float bounded(double value) {
        return (float) AbsurdForecasts.within(Float.MAX_VALUE, value);
    }
}
