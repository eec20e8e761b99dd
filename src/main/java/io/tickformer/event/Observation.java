package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Objects;

/**
 * One measured value of one series, as it was read from the input.
 *
 * @param series the series key; never empty
 * @param eventTimeMillis when the value was measured, in milliseconds since the Unix epoch
 * @param value the measured value; finite, as records with other values are dead letters
 */
@Public
public record Observation(String series, long eventTimeMillis, double value) {
    public Observation {
        Objects.requireNonNull(series, "series");
    }
}
