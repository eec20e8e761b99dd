package io.tickformer.event;

import java.io.IOException;

/** A binary form of another release, of which nothing is known. Reading it again is no help. */
public final class UnknownFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnknownFormatException(String message) {
        super(message);
    }
}
