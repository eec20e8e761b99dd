package io.tickformer.training;

/**
 * Which values count as targets of a window.
 *
 * @param from the first tick that may be a target
 * @param end the tick after the last that may be one
 * @param lastTokenOnly whether only the forecast issued at the last tick counts, or those of every
 *     token (teacher forcing)
 */
record WindowTargets(long from, long end, boolean lastTokenOnly) {
    /** Training: every token, every value before the cut. */
    static WindowTargets training(TrainingData data) {
        return new WindowTargets(Long.MIN_VALUE, data.cut(), false);
    }

    /** Validation: the last token, values from the cut on. */
    static WindowTargets validation(TrainingData data) {
        return new WindowTargets(data.cut(), Long.MAX_VALUE, true);
    }
}
