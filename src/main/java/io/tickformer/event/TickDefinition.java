package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.util.Objects;

/**
 * How observations are turned into the ticks of a series.
 *
 * @param tickMillis length of a tick, at least 1
 * @param aggregate how the observations of a tick are aggregated
 * @param empty values of ticks without observations
 */
@Internal
public record TickDefinition(long tickMillis, TickAggregate aggregate, EmptyTickFiller empty) {
    public TickDefinition {
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(empty, "empty");
    }

    /** The rule by which ticks without observations are missing. */
    public static TickDefinition of(long tickMillis, TickAggregate aggregate) {
        return new TickDefinition(
                tickMillis, aggregate, new EmptyTickFiller(EmptyTickPolicy.MISSING, 1));
    }

    /**
     * The rule for a meaning of ticks.
     *
     * @param lifeTicks number of ticks that a series is alive after a reading
     */
    public static TickDefinition of(long tickMillis, TickMeaning meaning, int lifeTicks) {
        return new TickDefinition(
                tickMillis, meaning.aggregate(), new EmptyTickFiller(meaning.empty(), lifeTicks));
    }
}
