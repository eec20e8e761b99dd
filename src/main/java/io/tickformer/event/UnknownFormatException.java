package io.tickformer.event;

import io.tickformer.annotation.Internal;
import java.io.IOException;

/**
 * Thrown if a binary form has an unknown version, written by another release. Retrying fails too.
 */
@Internal
public final class UnknownFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnknownFormatException(String message) {
        super(message);
    }

    /**
     * The exception for an unknown version.
     *
     * @param name what messages call a value of the form
     * @param newest version that can be read; all from 1 on can
     */
    public static UnknownFormatException of(String name, int found, int newest) {
        return new UnknownFormatException(
                ("%s has format version %d; expected %s: it was written by another release. Run"
                                + " that release, or start without the savepoint or checkpoint")
                        .formatted(name, found, newest == 1 ? "1" : "1 to " + newest));
    }
}
