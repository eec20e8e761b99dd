package io.tickformer.training;

/**
 * The values that are targets of a window.
 *
 * @param from first tick that may be a target
 * @param end tick after the last that may be a target
 * @param lastTokenOnly whether only the forecast at the last token is evaluated, or those at every
 *     token (teacher forcing)
 */
record TargetRange(long from, long end, boolean lastTokenOnly) {
    /** Training: all tokens, all values of the training set. */
    static TargetRange training(TrainingData data) {
        return new TargetRange(Long.MIN_VALUE, data.cut(), false);
    }

    /** Validation: the last token, all values of the validation set. */
    static TargetRange validation(TrainingData data) {
        return new TargetRange(data.cut(), Long.MAX_VALUE, true);
    }
}
