package io.tickformer.cli.demo;

import java.util.Objects;

/**
 * One record on its way to the input topic, valid or faulty.
 *
 * @param arrivalMillis when it reaches the topic, in event time
 * @param series the series key
 * @param eventTimeMillis when the value was measured
 * @param value the measured value
 * @param fault the fault of the record
 */
record SimulatedRecord(
        long arrivalMillis, String series, long eventTimeMillis, double value, Fault fault) {
    /** Faults of a record. */
    enum Fault {
        NONE,
        /** Its bytes do not match the schema of the topic. */
        UNDECODABLE,
        /** It has no series key. */
        NO_KEY,
        /** Its value is not a number. */
        NOT_A_NUMBER,
        /** Its timestamp is a century ahead of the event time given here. */
        FROM_THE_FUTURE
    }

    SimulatedRecord {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(fault, "fault");
    }
}
