package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;

/** Where reading starts when a job starts without a savepoint. */
@Internal
public enum StartOffset {
    /** At the committed offsets of the consumer group; at the earliest offset if there is none. */
    COMMITTED,
    EARLIEST,
    LATEST
}
