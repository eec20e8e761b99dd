package io.tickformer.kafka.decode;

import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;

/** What became of a record: observations, or a dead letter, or both where only a part is bad. */
public sealed interface Decoded {
    /**
     * A good value.
     *
     * @param observation the value
     * @param writtenMillis the record's Kafka timestamp; negative where it has none
     */
    record Observed(Observation observation, long writtenMillis) implements Decoded {}

    /** A bad record. */
    record Rejected(DeadLetter deadLetter) implements Decoded {}
}
