package io.tickformer.training;

/**
 * The values that are targets of a window.
 *
 * @param from first tick that may be a target
 * @param end tick after the last that may be a target
 * @param lastTokenOnly whether only the forecast at the last token is evaluated, or those at every
 *     token (teacher forcing)
 */
record WindowTargets(long from, long end, boolean lastTokenOnly) {
    /** Training: all tokens, all values of the training set. */
    static WindowTargets training(TrainingData data) {
        return new WindowTargets(Long.MIN_VALUE, data.cut(), false);
    }

    /** ValidationLoss: the last token, all values of the validation set. */
    static WindowTargets validation(TrainingData data) {
        return new WindowTargets(data.cut(), Long.MAX_VALUE, true);
    }
}
