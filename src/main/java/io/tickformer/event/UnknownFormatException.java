package io.tickformer.event;

import java.io.IOException;

/** A binary form of another release, of which nothing is known. Reading it again is no help. */
public final class UnknownFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnknownFormatException(String message) {
        super(message);
    }

    /**
     * A version that is not among those which are read.
     *
     * @param name of what has the form
     * @param newest version that is read; all from 1 on are
     */
    static UnknownFormatException of(String name, int found, int newest) {
        return new UnknownFormatException(
                ("%s has format version %d; expected %s: it was written by another release. Run"
                                + " that release, or start without the savepoint or checkpoint")
                        .formatted(name, found, newest == 1 ? "1" : "1 to " + newest));
    }
}
