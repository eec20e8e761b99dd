package io.tickformer.event;

/** How the observations that fall into one tick become its value. */
public enum TickAggregate {
    MEAN,
    SUM,
    /** The observation with the latest event time; of several at that time, the last to arrive. */
    LAST,
    MIN,
    MAX,
    /** How many observations there were. */
    COUNT;

    /**
     * Whether a tick of which only a part was read has no value: a sum or a count of a part is in
     * proportion to the part. A mean, a last, least or largest value of a part is one of the tick.
     */
    public boolean needsWholeTick() {
        return this == SUM || this == COUNT;
    }
}
