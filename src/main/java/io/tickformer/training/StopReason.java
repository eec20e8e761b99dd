package io.tickformer.training;

import io.tickformer.annotation.Internal;

/** Why a training run ended. */
@Internal
public enum StopReason {
    /** All steps are done. */
    COMPLETED,
    /** The validation metric has not improved for as many validations as the patience allows. */
    STOPPED_EARLY,
    /** The user interrupted the training. It can be resumed. */
    INTERRUPTED
}
