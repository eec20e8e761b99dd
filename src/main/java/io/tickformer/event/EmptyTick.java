package io.tickformer.event;

/**
 * What a tick without observations means in a series that lives. A series lives from its first
 * observation until its context holds none any more, and what fills its empty ticks does not keep
 * it alive.
 */
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

    /**
     * The value of an empty tick.
     *
     * @param last the newest value before the tick that was observed; NaN where there is none
     * @return NaN where the tick is missing
     */
    public double value(double last) {
        return switch (this) {
            case MISSING -> Double.NaN;
            case ZERO -> Double.isNaN(last) ? Double.NaN : 0;
            case LAST -> last;
        };
    }
}
