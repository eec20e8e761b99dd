package io.tickformer.feedback.mixture;

/**
 * Whether one series is forecast worse than usual: the errors of the model over the last season or
 * so, compared to its usual errors over many seasons. Errors of a step count as multiples of what
 * is usual at that step, so a far step says as much as a near one.
 *
 * <p>The state lies in an array of floats: per scored step the usual error, then the recent mean of
 * errors in multiples of the usual, and the number of errors. An error counts {@value #CLIP} times
 * the usual one at most, so that a single spike degrades nothing.
 */
final class Degradation {
    /** A series is degraded when its recent errors are so many times the usual ones. */
    static final double DEGRADED = 1.5;

    private static final double CLIP = 5;
    private static final int FEWEST_TICKS = 24;
    private static final int MOST_TICKS = 288;
    private static final int USUAL_WINDOWS = 10;

    /**
     * Fewer errors of a step do not say what is usual: their mean begins with the least of them.
     */
    private static final int FEWEST_ERRORS = 20;

    private static final double MOST_COUNTED = 1e6;

    private final LossScale[] usual; // S
    private final double[] recentRates; // S
    private final int shared; // first float after those of the scored steps
    private final int young;

    /**
     * @param strides S strides: ticks between the remembered forecasts of a scored step
     * @param season ticks in a season
     */
    Degradation(int[] strides, int season) {
        int window = Math.max(FEWEST_TICKS, Math.min(MOST_TICKS, season));
        double perTick = 0; // errors that come per tick
        usual = new LossScale[strides.length];
        recentRates = new double[strides.length];
        for (int i = 0; i < strides.length; i++) {
            perTick += 1.0 / strides[i];
            usual[i] = new LossScale(strides[i] / (double) (window * USUAL_WINDOWS));
            // Rarer errors weigh more, so that all steps have the same say.
            recentRates[i] = strides[i] / (double) (window * strides.length);
        }
        shared = strides.length * LossScale.FLOATS;
        young = (int) (2 * window * perTick);
    }

    int floats() {
        return shared + 2;
    }

    /**
     * Takes an error of the model.
     *
     * @param position of the scored step
     * @param error absolute, finite
     */
    void add(float[] state, int at, int position, double error) {
        int scale = at + position * LossScale.FLOATS;
        double before = usual[position].of(state, scale);
        usual[position].add(state, scale, error);
        if (usual[position].count(state, scale) <= FEWEST_ERRORS) {
            return;
        }
        int recent = at + shared;
        double count = Math.min(MOST_COUNTED, state[recent + 1] + 1);
        state[recent + 1] = (float) count;
        double multiple = before > 0 ? Math.min(CLIP, error / before) : error > 0 ? CLIP : 1;
        double rate = Math.max(recentRates[position], Math.min(0.5, 1 / count));
        state[recent] += (float) (rate * (multiple - state[recent]));
    }

    /** Recent errors as a multiple of usual errors; 1 while the series is young. */
    double ratio(float[] state, int at) {
        return state[at + shared + 1] < young ? 1 : state[at + shared];
    }
}
