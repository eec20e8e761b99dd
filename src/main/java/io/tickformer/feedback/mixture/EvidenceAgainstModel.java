package io.tickformer.feedback.mixture;

/**
 * Evidence at one scored step that the model is worse than the better simple forecaster.
 *
 * <p><b>A test by betting</b> (Waudby-Smith and Ramdas 2024, Estimating means of bounded random
 * variables by betting). Say d, between -1 and 1, is the error of the model less that of the simple
 * forecaster, in some unit. A player with the wealth of 1 bets a share L of it on each target that
 * the model is worse: the wealth becomes wealth x (1 + L d). If the model is no worse, no way to
 * choose L from the past gains in the mean, so a large wealth is unlikely: at most 1 in c cases
 * ever reach the wealth c. No number of targets has to be fixed in advance. L is the share that
 * would have grown the wealth fastest lately, mean(d) / mean(d x d), between 0 and {@value
 * #MOST_BET}.
 *
 * <p><b>Change.</b> The model may become worse at any time. So the wealth never falls below its
 * beginning, as in Page's cumulative sums: a good past is no credit. False alarms are then rare per
 * tick and not per series (Shin, Ramdas and Rinaldo 2023, E-detectors).
 *
 * <p><b>Far steps.</b> Errors of forecasts that wait for their targets at the same time depend on
 * each other. Were each of the w waiting forecasts a player of its own, the mean of their w wealths
 * would be fair, and their geometric mean, which is less, is the sum of logarithms divided by w.
 * That leaves far steps nearly blind. Division by the square root of w, of {@value #LEAST_WAITING}
 * at least, was chosen instead, by measured rates of false alarms.
 *
 * <p>The state is {@value #FLOATS} floats of an array: the logarithm of the wealth, the mean of d,
 * the mean of its square.
 */
final class EvidenceAgainstModel {
    /** Floats of the state. */
    static final int FLOATS = 3;

    /** The largest logarithm of a wealth, so that a step alone does not decide, nor for ever. */
    static final double MOST_EVIDENCE = 14;

    private static final double MOST_BET = 0.8;
    private static final double CLIP = 3;
    private static final double RATE = 0.003;

    /** Errors of a model last for some ticks, whatever the step. */
    private static final double LEAST_WAITING = 8;

    private final double weight;

    /**
     * @param waiting number of remembered forecasts of the step that wait for their targets
     */
    EvidenceAgainstModel(double waiting) {
        weight = 1 / Math.sqrt(Math.max(LEAST_WAITING, waiting));
    }

    /** The logarithm of the wealth, at least 0. */
    double evidence(float[] state, int at) {
        return state[at];
    }

    /**
     * Takes a target.
     *
     * @param excess error of the model less that of the simple forecaster, in units of a usual
     *     error
     */
    void add(float[] state, int at, double excess) {
        double d = Math.max(-CLIP, Math.min(CLIP, excess)) / CLIP;
        double mean = state[at + 1];
        double square = state[at + 2];
        double bet = mean > 0 ? Math.min(MOST_BET, mean / square) : 0;
        if (bet > 0) {
            double evidence = state[at] + weight * Math.log1p(bet * d);
            state[at] = (float) Math.max(0, Math.min(MOST_EVIDENCE, evidence));
        }
        state[at + 1] = (float) (mean + RATE * (d - mean));
        state[at + 2] = (float) (square + RATE * (d * d - square));
    }

    /** Forgets the evidence, and keeps the moments. */
    void reset(float[] state, int at) {
        state[at] = 0;
    }
}
