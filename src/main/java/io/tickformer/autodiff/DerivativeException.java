package io.tickformer.autodiff;

/** A gradient that cannot be built. The message names the requested gradient and the obstacle. */
public final class DerivativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DerivativeException(String message) {
        super(message);
    }
}
