package io.tickformer.feedback.mixture;

/**
 * The usual size of something that is never negative, such as an absolute error: a running mean
 * that one absurd value does not move far. It takes three floats of an array.
 *
 * <p>The mean is unknown until {@value #FIRST} values have come, and then begins with the least of
 * them, because forecasts that were made at an absurd value make an absurd first error.
 *
 * <p>A value counts at most {@value #CLIP} times the present mean, so that events once in fifty
 * values still have their full say, and one value at most doubles the mean. Right after another
 * such value it counts at most {@value #CLIP_IN_A_ROW} times the mean, so that a burst of absurd
 * values does not double it again and again.
 *
 * <p>If absurd values began the mean, all that follows is tiny. {@link #isFalseStart} tells so
 * early, and whoever learns by this scale begins anew. Later, after {@value #QUIET} tiny values in
 * a row, the mean falls faster with each further one.
 *
 * <p>A value after zeros alone counts a thousandth only. If more like it follow, the mean doubles
 * with each.
 */
final class LossScale {
    /** Floats of the state: the mean, the number of values, tiny values in a row or a marker. */
    static final int FLOATS = 3;

    private static final double FASTEST = 0.5;
    private static final int CLIP = 50;
    private static final int CLIP_IN_A_ROW = 8;
    private static final double TINY = 0.01;

    /** In place of the number of tiny values: the last value was large. */
    private static final float LARGE = -1;

    /** In place of the number of tiny values: the last value counted as {@value #CLIP} means. */
    private static final float ABSURD = -2;

    private static final int QUIET = 300;
    private static final int FIRST = 3;
    private static final double AFTER_ZEROS = 1e-3;

    /**
     * So many tiny values in a row, and more than before them, tell that the mean began absurdly.
     */
    private static final int FALSE_START = 4;

    /** Beyond it, counting stops. */
    private static final float MANY = 1e6f;

    private final double rate;

    /**
     * @param rate the share of a value in the mean, once there are many values
     */
    LossScale(double rate) {
        this.rate = rate;
    }

    /** The mean; 0 before it is known. */
    double of(float[] state, int at) {
        return state[at + 1] < FIRST ? 0 : state[at];
    }

    /** The number of values so far. */
    double count(float[] state, int at) {
        return state[at + 1];
    }

    /** Whether the last value was more than {@value #CLIP} times the mean before it. */
    boolean isAfterAbsurd(float[] state, int at) {
        return state[at + 2] == ABSURD;
    }

    /**
     * Whether the mean was begun by absurd values: most values so far, the last ones, are tiny
     * beside it.
     */
    boolean isFalseStart(float[] state, int at) {
        double tiny = state[at + 2];
        return tiny >= FALSE_START && tiny <= QUIET && tiny > state[at + 1] / 2;
    }

    /**
     * Takes a value.
     *
     * @param value finite, at least 0
     */
    void add(float[] state, int at, double value) {
        double mean = state[at];
        state[at + 1] = Math.min(MANY, state[at + 1] + 1);
        if (state[at + 1] <= FIRST) {
            state[at] = bounded(state[at + 1] == 1 ? value : Math.min(mean, value));
            return;
        }
        if (!(mean > 0)) {
            state[at] = bounded(value * AFTER_ZEROS);
            return;
        }
        double most = (state[at + 2] < 0 ? CLIP_IN_A_ROW : CLIP) * mean;
        double quiet = value < TINY * mean ? Math.min(MANY, Math.max(0, state[at + 2]) + 1) : 0;
        boolean isLarge = value > CLIP_IN_A_ROW * mean;
        state[at + 2] = value > CLIP * mean ? ABSURD : isLarge ? LARGE : (float) quiet;
        double usual = Math.min(FASTEST, rate * Math.max(1, quiet - QUIET));
        double share = Math.max(usual, 1 / (double) state[at + 1]);
        state[at] = bounded(mean + share * (Math.min(value, most) - mean));
    }

    private static float bounded(double mean) {
        return (float) Math.min(Float.MAX_VALUE, mean);
    }
}
