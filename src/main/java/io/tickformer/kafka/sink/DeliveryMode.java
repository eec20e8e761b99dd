package io.tickformer.kafka.sink;

import io.tickformer.annotation.Internal;

/** Delivery guarantee of written records. */
@Internal
public enum DeliveryMode {
    /**
     * Transactional: a {@code read_committed} consumer sees a record when its checkpoint completes.
     */
    EXACTLY_ONCE,
    /** Written at once, and possibly again after a failure. */
    AT_LEAST_ONCE
}
