package io.tickformer.kafka.source;

/** Where reading starts when a job starts without a savepoint. */
public enum StartOffset {
    /** At the committed offsets of the consumer group; at the earliest offset if there is none. */
    COMMITTED,
    EARLIEST,
    LATEST
}
