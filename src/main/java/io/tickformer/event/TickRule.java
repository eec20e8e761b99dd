package io.tickformer.event;

import java.util.Objects;

/**
 * How observations become the ticks of a series.
 *
 * @param tickMillis length of a tick, at least 1
 * @param aggregate how the observations of a tick become its value
 * @param empty what a tick without observations is
 */
public record TickRule(long tickMillis, TickAggregate aggregate, EmptyTicks empty) {
    public TickRule {
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(empty, "empty");
    }

    /** Ticks of which those without observations are missing. */
    public static TickRule of(long tickMillis, TickAggregate aggregate) {
        return new TickRule(tickMillis, aggregate, new EmptyTicks(EmptyTick.MISSING, 1));
    }

    /**
     * Ticks of a certain meaning.
     *
     * @param lifeTicks ticks that a series lives from a reading on
     */
    public static TickRule of(long tickMillis, TickMeaning meaning, int lifeTicks) {
        return new TickRule(
                tickMillis, meaning.aggregate(), new EmptyTicks(meaning.empty(), lifeTicks));
    }
}
