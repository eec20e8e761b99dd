package io.tickformer.inference;

import io.tickformer.annotation.Public;

/** How forecasts are computed. */
@Public
public enum EvaluationMode {
    /** Incremental if the model and the provider allow it, otherwise full. */
    AUTO,

    /** From the newest token and cached keys and values of the tokens before it. */
    INCREMENTAL,

    /** From the whole context for every forecast. */
    FULL
}
