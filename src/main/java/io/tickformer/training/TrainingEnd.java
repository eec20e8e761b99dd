package io.tickformer.training;

/** Why a training ended. */
public enum TrainingEnd {
    /** All steps are done. */
    COMPLETED,
    /** The validation loss has not improved for as long as patience lasts. */
    STOPPED_EARLY,
    /** It was asked to stop, and can be resumed. */
    INTERRUPTED
}
