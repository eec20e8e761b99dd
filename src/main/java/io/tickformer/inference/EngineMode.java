package io.tickformer.inference;

/** How forecasts are computed. */
public enum EngineMode {
    /** Incrementally where the model and the provider allow it, else in full. */
    AUTO,

    /** From the newest token and what is cached of those before it. */
    INCREMENTAL,

    /** From the whole context, every time. */
    FULL
}
