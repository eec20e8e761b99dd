package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.monitoring.JobCount;

/**
 * The reason why a record could not be decoded. The names are written to the dead-letter topic:
 * never rename them.
 */
@Internal
public enum DeadLetterReason {
    /** The value does not have the configured format, or does not fit its schema. */
    UNDECODABLE(JobCount.UNDECODABLE),
    /** The registry has no Avro schema with the id in the value. */
    UNKNOWN_SCHEMA(JobCount.UNKNOWN_SCHEMA),
    /** The series key is absent, null, blank or not Unicode text. */
    NO_KEY(JobCount.NO_KEY),
    /** The series key is longer than a thousand characters. */
    KEY_TOO_LONG(JobCount.KEY_TOO_LONG),
    /** The event time is absent, null or not a time. */
    NO_TIME(JobCount.NO_TIME),
    /** The event time is before 1970 or after the year 9999. */
    IMPOSSIBLE_TIME(JobCount.IMPOSSIBLE_TIME),
    /** The event time is further ahead than the configured bound. */
    TOO_FAR_AHEAD(JobCount.TOO_FAR_AHEAD),
    /** All value fields are absent. */
    NO_VALUE(JobCount.NO_VALUE),
    /** A value is neither a number nor text with a number. */
    NOT_NUMERIC(JobCount.NOT_NUMERIC),
    /** A value is NaN or infinite. */
    NOT_FINITE(JobCount.NOT_FINITE),
    /** A value's magnitude is beyond 1e30. */
    OUT_OF_RANGE(JobCount.OUT_OF_RANGE);

    private final JobCount count;

    DeadLetterReason(JobCount count) {
        this.count = count;
    }

    /** The counter of dead letters with this reason. */
    public JobCount count() {
        return count;
    }
}
