package io.tickformer.autodiff;

import io.tickformer.annotation.Internal;

/** A gradient that cannot be built. The message names the requested gradient and the obstacle. */
@Internal
public final class DerivativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DerivativeException(String message) {
        super(message);
    }
}
