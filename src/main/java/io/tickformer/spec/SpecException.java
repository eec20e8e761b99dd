package io.tickformer.spec;

import io.tickformer.annotation.Public;

/**
 * A spec that is inconsistent or cannot be read. The message names the field, its value and what
 * was expected, and is always one line.
 */
@Public
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SpecException(String message) {
        super(printable(message));
    }

    public SpecException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    private static String printable(String message) {
        return message.replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    static void require(boolean holds, String field, Object given, String expected) {
        if (!holds) {
            throw new SpecException("%s is %s; expected %s".formatted(field, given, expected));
        }
    }
}
