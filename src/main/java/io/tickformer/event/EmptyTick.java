package io.tickformer.event;

/** What a tick without observations is, of a series that lives: see {@link EmptyTicks}. */
public enum EmptyTick {
    /** Nothing is known of the tick: a thermometer was not read. */
    MISSING,
    /** The tick is zero: nobody called in that minute. */
    ZERO,
    /** The tick is as the one before it: a valve that says nothing stands as it stood. */
    LAST;

    /**
     * What follows from the aggregate: a sum or a count of nothing is zero, and there is no mean,
     * no last, least or largest of nothing.
     */
    public static EmptyTick of(TickAggregate aggregate) {
        return switch (aggregate) {
            case SUM, COUNT -> ZERO;
            case MEAN, LAST, MIN, MAX -> MISSING;
        };
    }

    /** Whether an empty tick of a series that lives has a value. */
    public boolean hasValue() {
        return this != MISSING;
    }
}
