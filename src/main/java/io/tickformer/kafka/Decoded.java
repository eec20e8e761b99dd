package io.tickformer.kafka;

import io.tickformer.event.Observation;

/** What became of a record: observations, or a dead letter, or both where only a part is bad. */
public sealed interface Decoded {
    /** A good value. */
    record Observed(Observation observation) implements Decoded {}

    /** A bad record. */
    record Rejected(DeadLetter deadLetter) implements Decoded {}
}
