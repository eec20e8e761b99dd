package io.tickformer.event;

import io.tickformer.annotation.Public;

/** How reliable a forecast is. */
@Public
public enum ForecastQuality {
    /** The context does not span its full length yet. */
    WARMING_UP,
    /** The context spans its full length, and the model's output is finite. */
    OK,
    /**
     * The model's output was not finite. The forecast repeats the last observed value, with
     * quantiles by the running standard deviation of the series.
     */
    FALLBACK
}
