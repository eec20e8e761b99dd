package io.tickformer.training;

/** Why a training run ended. */
public enum StopReason {
    /** All steps are done. */
    COMPLETED,
    /** The validation metric has not improved for as many validations as the patience allows. */
    STOPPED_EARLY,
    /** The user interrupted the training. It can be resumed. */
    INTERRUPTED
}
