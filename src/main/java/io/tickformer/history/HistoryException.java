package io.tickformer.history;

import io.tickformer.annotation.Public;

/**
 * A history cannot be used. The message is written for the user: it names the file and, if
 * possible, the line and the column, and says what was expected.
 */
@Public
public final class HistoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public HistoryException(String message) {
        super(message);
    }

    public HistoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
