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
    COUNT
}
