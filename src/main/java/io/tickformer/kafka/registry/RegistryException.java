package io.tickformer.kafka.registry;

import java.io.IOException;

/** The schema registry did not answer, or refused; the message says what was asked of whom. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
