package io.tickformer.kafka.sink;

/** What a consumer of written records may rely on. */
public enum Delivery {
    /**
     * In transactions: a {@code read_committed} consumer sees a record when its checkpoint ends.
     */
    EXACTLY_ONCE,
    /** At once, and once more after a failure. */
    AT_LEAST_ONCE
}
