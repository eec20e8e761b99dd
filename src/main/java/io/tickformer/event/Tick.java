package io.tickformer.event;

import java.util.Objects;

/**
 * One observed step of the regular grid of a series: the aggregate of the observations that fall
 * into it. A tick without observations is missing and has no {@code Tick}.
 *
 * @param series the series key
 * @param index the tick index, {@code floorDiv(eventTimeMillis, tickMillis)}, the same grid for
 *     every series
 * @param value the aggregate of the tick's observations; finite
 */
public record Tick(String series, long index, double value) {
    public Tick {
        Objects.requireNonNull(series, "series");
    }

    /** The index of the tick that holds an event time, on a grid of steps of {@code tickMillis}. */
    public static long indexOf(long eventTimeMillis, long tickMillis) {
        return Math.floorDiv(eventTimeMillis, tickMillis);
    }
}
