package io.tickformer.event;

import io.tickformer.annotation.Public;

/**
 * The meaning of a tick without observations, while its series is alive: see {@link
 * EmptyTickFiller}.
 */
@Public
public enum EmptyTickPolicy {
    /** The value is unknown: a thermometer was not read. */
    MISSING,
    /** The value is zero: nobody called in that minute. */
    ZERO,
    /** The value is that of the tick before: a valve that reports nothing has not moved. */
    LAST;

    /**
     * The default for an aggregate: a sum or count of no observations is zero; a mean, last,
     * smallest or largest value of none does not exist.
     */
    public static EmptyTickPolicy of(TickAggregate aggregate) {
        return switch (aggregate) {
            case SUM, COUNT -> ZERO;
            case MEAN, LAST, MIN, MAX -> MISSING;
        };
    }

    /** Whether an empty tick of a series that is alive has a value. */
    public boolean hasValue() {
        return this != MISSING;
    }
}
