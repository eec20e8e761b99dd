package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;

/** Bytes that do not have the expected format. The message says what was found. */
@Internal
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
