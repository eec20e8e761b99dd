package io.tickformer.kafka.deadletter;

import io.tickformer.monitoring.JobCount;

/** Why a record is no observation. The names are written to the dead-letter topic: never rename. */
public enum DeadLetterReason {
    /** The value's bytes do not have the configured form, or do not fit their schema. */
    UNDECODABLE(JobCount.UNDECODABLE),
    /** The registry has no Avro schema with the id that the value names. */
    UNKNOWN_SCHEMA(JobCount.UNKNOWN_SCHEMA),
    /** There is no series key: absent, null, blank or no Unicode text. */
    NO_KEY(JobCount.NO_KEY),
    /** The series key is longer than a thousand characters. */
    KEY_TOO_LONG(JobCount.KEY_TOO_LONG),
    /** There is no event time: absent, null or not readable as a time. */
    NO_TIME(JobCount.NO_TIME),
    /** The event time is before 1970 or after the year 9999. */
    IMPOSSIBLE_TIME(JobCount.IMPOSSIBLE_TIME),
    /** The event time lies further ahead than the configured bound. */
    TOO_FAR_AHEAD(JobCount.TOO_FAR_AHEAD),
    /** None of the value fields is there. */
    NO_VALUE(JobCount.NO_VALUE),
    /** A value is neither a number nor text that holds one. */
    NOT_NUMERIC(JobCount.NOT_NUMERIC),
    /** A value is NaN or infinite. */
    NOT_FINITE(JobCount.NOT_FINITE),
    /** A value's magnitude is beyond 1e30. */
    OUT_OF_RANGE(JobCount.OUT_OF_RANGE);

    private final JobCount count;

    DeadLetterReason(JobCount count) {
        this.count = count;
    }

    /** What counts dead letters of this reason. */
    public JobCount count() {
        return count;
    }
}
