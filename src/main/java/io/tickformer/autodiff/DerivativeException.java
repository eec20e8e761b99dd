package io.tickformer.autodiff;

/** A gradient that cannot be built; the message names what was asked for and what is in the way. */
public final class DerivativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DerivativeException(String message) {
        super(message);
    }
}
