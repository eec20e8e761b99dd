package io.tickformer.kafka.source;

/** Where reading begins when a job starts without a savepoint. */
public enum StartOffset {
    /** At the consumer group's committed offsets; where there is none, at the earliest. */
    COMMITTED,
    EARLIEST,
    LATEST
}
