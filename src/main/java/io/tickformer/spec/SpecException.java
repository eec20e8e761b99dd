package io.tickformer.spec;

/**
 * A spec that contradicts itself or cannot be read; the message names the field, its value and what
 * was expected.
 */
public final class SpecException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public SpecException(String message) {
        super(message);
    }

    public SpecException(String message, Throwable cause) {
        super(message, cause);
    }

    static void require(boolean holds, String field, Object given, String expected) {
        if (!holds) {
            throw new SpecException("%s is %s; expected %s".formatted(field, given, expected));
        }
    }
}
