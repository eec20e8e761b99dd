package io.tickformer.console;

/**
 * Something only the person at the command line can put right. The message is the whole of what is
 * shown: it says what was given, what was expected and what to do. The command ends with exit code
 * {@link ExitCodes#USER_ERROR} and no stack trace.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
