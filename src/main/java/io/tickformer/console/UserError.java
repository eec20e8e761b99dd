package io.tickformer.console;

import io.tickformer.annotation.Internal;

/**
 * A mistake that the user of the command line can correct. The command prints the message and no
 * stack trace, and ends with exit code {@link ExitCodes#USER_ERROR}. The message says what was
 * given, what was expected and what to do.
 */
@Internal
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
