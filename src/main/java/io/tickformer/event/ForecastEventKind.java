package io.tickformer.event;

import io.tickformer.annotation.Public;

/** What happened to the forecasts of a job. */
@Public
public enum ForecastEventKind {
    /** Many series began to be forecast worse than usual at the same time. */
    DRIFT_BEGAN,
    /** They are forecast as usual again, or the new errors are the usual ones by now. */
    DRIFT_ENDED,
    /** The model is worse than a simple forecaster of a series, which takes its place. */
    FALLBACK_BEGAN,
    /** The model forecasts the series again. */
    FALLBACK_ENDED,
    /** The calls of the model began to fail; simple forecasts take their place. */
    MODEL_FAILED,
    /** A call of the model succeeded again. */
    MODEL_RECOVERED
}
