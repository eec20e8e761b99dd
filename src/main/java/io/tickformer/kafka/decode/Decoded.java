package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;

/**
 * The result of decoding a record: observations, a dead letter, or both if only a part of the
 * record is bad.
 */
@Internal
public sealed interface Decoded {
    /**
     * An observation.
     *
     * @param observation the observation
     * @param writtenMillis the record's Kafka timestamp; negative if it has none
     */
    record Observed(Observation observation, long writtenMillis) implements Decoded {}

    /** A bad record. */
    record Rejected(DeadLetter deadLetter) implements Decoded {}
}
