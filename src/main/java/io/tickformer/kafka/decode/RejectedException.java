package io.tickformer.kafka.decode;

import io.tickformer.kafka.deadletter.DeadLetterReason;

/** Ends the decoding of a bad record. It has no stack trace, as bad records may be frequent. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;

    RejectedException(DeadLetterReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }
}
