package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened to the forecasts of a series or of the whole job, with the evidence.
 *
 * @param series the series key; empty for the whole job
 * @param tickIndex the tick at which it was noticed
 * @param tickTimeMillis start of that tick, in milliseconds since the Unix epoch
 * @param tickMillis length of a tick in milliseconds
 * @param kind what happened
 * @param text what happened, in words
 * @param evidence numbers by name
 */
@Public
public record ForecastEvent(
        String series,
        long tickIndex,
        long tickTimeMillis,
        long tickMillis,
        ForecastEventKind kind,
        String text,
        SortedMap<String, Double> evidence) {
    public ForecastEvent {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
        evidence = Collections.unmodifiableSortedMap(new TreeMap<>(evidence));
    }

    /** An event of a tick. */
    public static ForecastEvent of(
            String series,
            long tickIndex,
            long tickMillis,
            ForecastEventKind kind,
            String text,
            Map<String, Double> evidence) {
        return new ForecastEvent(
                series,
                tickIndex,
                tickIndex * tickMillis,
                tickMillis,
                kind,
                text,
                new TreeMap<>(evidence));
    }
}
