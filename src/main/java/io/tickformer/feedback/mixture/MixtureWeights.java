package io.tickformer.feedback.mixture;

import java.util.Arrays;

/**
 * The weights of the forecasters at one scored step, learned from their absolute errors.
 *
 * <p><b>Memories.</b> How long the past is worth remembering differs between series and changes
 * with time. So weights are learned three times, with a short, a middle and a long memory ({@link
 * RegretWeights}). Each memory makes a mixture of its own, and the mixtures are weighted in turn by
 * their errors, by the same rule. After a change, the short memory takes over within a few tens of
 * targets; where nothing changes, the long one is the most exact.
 *
 * <p><b>Unit.</b> A {@link LossScale running mean} of the errors of all three forecasters. Weights
 * do not depend on the unit of the series, and an absurd value, which all three miss alike, changes
 * nothing. Regrets of {@value #CLIP} units and more count alike. Right after errors of more than 50
 * units the bound is {@value #CLIP_IN_A_ROW}, so that a burst of absurd values is one piece of
 * evidence and not many. Where the three agree exactly, as on a flat line, nothing is learned and
 * nothing is forgotten.
 *
 * <p><b>Prior.</b> The model has {@value #PRIOR_OF_MODEL}, because it was chosen by its errors in
 * the past. Naive and seasonal naive share the rest; without a season, naive has it alone.
 *
 * <p>The state is {@value #FLOATS} floats of an array: the weights, the running mean, what the
 * three memories know, and what is known of their mixtures. It may be all zeros in the beginning,
 * which stands for the prior.
 */
final class MixtureWeights {
    private static final double[] MEMORIES = {20, 200, 2000}; // M, in targets
    private static final int EXPERTS = MixedForecasters.COUNT; // K
    private static final int MEMORY_COUNT = 3; // M

    // Places of the state, after the K weights.

    private static final int SCALE_AT = EXPERTS;
    private static final int TOP_AT = SCALE_AT + LossScale.FLOATS;
    private static final int MEMORIES_AT = TOP_AT + RegretWeights.FLOATS;

    /** Floats of the state. */
    static final int FLOATS = MEMORIES_AT + MEMORY_COUNT * RegretWeights.FLOATS;

    /** Regrets of so many units and more count alike. */
    private static final double CLIP = 30;

    /** The same, right after absurd errors. */
    private static final double CLIP_IN_A_ROW = 2;

    private static final double DECISIVENESS = 3;
    private static final double MEMORY_OF_MIXTURES = 300;
    private static final double DECISIVENESS_AMONG_MIXTURES = 2;
    private static final double PRIOR_OF_MODEL = 0.8;
    private static final LossScale SCALE = new LossScale(0.02);

    private final double[] prior = new double[EXPERTS];
    private final RegretWeights[] memories = new RegretWeights[MEMORY_COUNT];
    private final RegretWeights top;

    // Reused per target.
    private final double[] errors = new double[EXPERTS];
    private final double[] mixedErrors = new double[MEMORY_COUNT];
    private final double[] topWeights = new double[MEMORY_COUNT];
    private final double[][] memoryWeights = new double[MEMORY_COUNT][EXPERTS];

    /**
     * @param waiting number of remembered forecasts of the step that wait for their targets
     * @param isSeasonal whether seasonal naive differs from naive
     */
    MixtureWeights(double waiting, boolean isSeasonal) {
        prior[MixedForecasters.MODEL] = PRIOR_OF_MODEL;
        double rest = 1 - PRIOR_OF_MODEL;
        prior[MixedForecasters.NAIVE] = isSeasonal ? rest / 2 : rest;
        prior[MixedForecasters.SEASONAL] = isSeasonal ? rest / 2 : 0;
        for (int i = 0; i < MEMORY_COUNT; i++) {
            memories[i] = new RegretWeights(prior, MEMORIES[i], DECISIVENESS, waiting);
        }
        double[] equal = new double[MEMORY_COUNT];
        Arrays.fill(equal, 1.0 / MEMORY_COUNT);
        top = new RegretWeights(equal, MEMORY_OF_MIXTURES, DECISIVENESS_AMONG_MIXTURES, waiting);
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
        double mean = 0;
        for (int k = 0; k < EXPERTS; k++) {
            errors[k] = Math.abs(value - forecasts[k]);
            mean += errors[k] / EXPERTS;
        }
        double clip = SCALE.isAfterAbsurd(state, at + SCALE_AT) ? CLIP_IN_A_ROW : CLIP;
        SCALE.add(state, at + SCALE_AT, mean);
        double unit = unit(state, at);
        if (!(unit > 0) || areEqual(errors)) {
            return;
        }
        // Differences to the model, so that large values are not rounded.
        double model = forecasts[MixedForecasters.MODEL];
        double mixed = 0;
        top.load(state, at + TOP_AT, topWeights);
        for (int i = 0; i < MEMORY_COUNT; i++) {
            int memoryAt = memoryAt(at, i);
            double[] current = memoryWeights[i];
            memories[i].load(state, memoryAt, current);
            double shift = 0;
            for (int k = 0; k < EXPERTS; k++) {
                shift += current[k] * (forecasts[k] - model);
            }
            mixed += topWeights[i] * shift;
            mixedErrors[i] = Math.abs(value - model - shift);
            memories[i].add(state, memoryAt, unit, clip * unit, mixedErrors[i], errors, current);
        }
        double error = Math.abs(value - model - mixed);
        top.add(state, at + TOP_AT, unit, clip * unit, error, mixedErrors, topWeights);
        for (int k = 0; k < EXPERTS; k++) {
            double weight = 0;
            for (int i = 0; i < MEMORY_COUNT; i++) {
                weight += topWeights[i] * memoryWeights[i][k];
            }
            state[at + k] = (float) weight;
        }
    }

    private static int memoryAt(int at, int memory) {
        return at + MEMORIES_AT + memory * RegretWeights.FLOATS;
    }

    private static boolean areEqual(double[] values) {
        return values[0] == values[1] && values[0] == values[2];
    }

    /** Whether what was learned so far comes from absurd values. */
    boolean isFalseStart(float[] state, int at) {
        return SCALE.isFalseStart(state, at + SCALE_AT);
    }

    /** The usual error of the three at this step; 0 before the first. */
    double unit(float[] state, int at) {
        return SCALE.of(state, at + SCALE_AT);
    }
}
