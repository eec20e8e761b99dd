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
     * The forecast is not the model's: its output was not finite, its call failed, or its forecasts
     * of the series have been worse than the last value or the value one season earlier. One of
     * these simple forecasts takes its place.
     */
    FALLBACK
}
