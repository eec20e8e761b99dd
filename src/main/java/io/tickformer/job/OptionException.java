package io.tickformer.job;

import io.tickformer.annotation.Public;

/**
 * A setting is unknown, missing or invalid. The message is written for the user: it names the
 * setting, what was given and what was expected.
 */
@Public
public final class OptionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OptionException(String message) {
        super(message);
    }

    public OptionException(String message, Throwable cause) {
        super(message, cause);
    }

    static OptionException invalid(String setting, Object given, String expected) {
        return new OptionException("%s is %s; expected %s".formatted(setting, given, expected));
    }
}
