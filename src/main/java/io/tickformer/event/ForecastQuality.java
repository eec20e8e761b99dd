package io.tickformer.event;

/** How much a forecast may be relied on. */
public enum ForecastQuality {
    /** The context does not yet span its full length. */
    WARMING_UP,
    /** The context is full and the model's output finite. */
    OK,
    /**
     * The model's output was not finite; the last observed value goes on, within the running
     * standard deviation of the series.
     */
    FALLBACK
}
