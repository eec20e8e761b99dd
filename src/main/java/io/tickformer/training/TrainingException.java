package io.tickformer.training;

import io.tickformer.annotation.Public;

/**
 * A training that cannot continue with the given input. The message is written for the user: it
 * says what was given, what was expected and what to do.
 */
@Public
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Checks a setting. */
    static void require(boolean holds, String name, Object given, String expected) {
        if (!holds) {
            throw new TrainingException("%s is %s; expected %s".formatted(name, given, expected));
        }
    }
}
