package io.tickformer.cli.demo;

import java.util.Objects;

/**
 * One record on its way to the input topic, sound or not.
 *
 * @param arrivalMillis when it reaches the topic, in event time
 * @param series the series key
 * @param eventTimeMillis when the value was measured
 * @param value the measured value
 * @param fault what is wrong with it
 */
record Delivery(
        long arrivalMillis, String series, long eventTimeMillis, double value, Fault fault) {
    /** What can be wrong with a record. */
    enum Fault {
        NONE,
        /** Its bytes are no record of the topic's schema. */
        UNDECODABLE,
        /** It says of no series. */
        NO_KEY,
        /** Its value is not a number. */
        NOT_A_NUMBER,
        /** It is sent with a clock that is a century ahead of the event time given here. */
        FROM_THE_FUTURE
    }

    Delivery {
        Objects.requireNonNull(series, "series");
        Objects.requireNonNull(fault, "fault");
    }
}
