package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.monitoring.JobCounter;

/**
 * The reason why a record could not be decoded. The names are written to the dead-letter topic:
 * never rename them.
 */
@Internal
public enum DeadLetterReason {
    /** The value does not have the configured format, or does not fit its schema. */
    UNDECODABLE(JobCounter.UNDECODABLE),
    /** The registry has no Avro schema with the id in the value. */
    UNKNOWN_SCHEMA(JobCounter.UNKNOWN_SCHEMA),
    /** The series key is absent, null, blank or not Unicode text. */
    NO_KEY(JobCounter.NO_KEY),
    /** The series key is longer than a thousand characters. */
    KEY_TOO_LONG(JobCounter.KEY_TOO_LONG),
    /** The event time is absent, null or not a time. */
    NO_TIME(JobCounter.NO_TIME),
    /** The event time is before 1970 or after the year 9999. */
    IMPOSSIBLE_TIME(JobCounter.IMPOSSIBLE_TIME),
    /** The event time is further ahead than the configured bound. */
    TOO_FAR_AHEAD(JobCounter.TOO_FAR_AHEAD),
    /** All value fields are absent. */
    NO_VALUE(JobCounter.NO_VALUE),
    /** A value is neither a number nor text with a number. */
    NOT_NUMERIC(JobCounter.NOT_NUMERIC),
    /** A value is NaN or infinite. */
    NOT_FINITE(JobCounter.NOT_FINITE),
    /** A value's magnitude is beyond 1e30. */
    OUT_OF_RANGE(JobCounter.OUT_OF_RANGE);

    private final JobCounter count;

    DeadLetterReason(JobCounter count) {
        this.count = count;
    }

    /** The counter of dead letters with this reason. */
    public JobCounter count() {
        return count;
    }
}
