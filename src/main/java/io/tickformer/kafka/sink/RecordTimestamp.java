package io.tickformer.kafka.sink;

import io.tickformer.annotation.Internal;

/** The meaning of the Kafka timestamp of written records. */
@Internal
public enum RecordTimestamp {
    /**
     * The time of writing. The topic's retention keeps the record as long as any other, however old
     * its data is.
     */
    ISSUE_TIME,
    /** The event time. The topic's retention may delete records of old data at once. */
    EVENT_TIME
}
