package io.tickformer.kafka.registry;

/** Bytes that cannot be read as what they claim to be; the message says how they differ. */
public final class UndecodableException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
