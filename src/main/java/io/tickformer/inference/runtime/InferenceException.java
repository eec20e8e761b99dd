package io.tickformer.inference.runtime;

import io.tickformer.annotation.Public;

/**
 * A model that cannot be opened or run; the message says what was given, what was expected and what
 * to do.
 */
@Public
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InferenceException(String message) {
        super(message);
    }

    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
