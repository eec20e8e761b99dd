package io.tickformer.kafka.registry;

import io.tickformer.annotation.Internal;
import java.io.IOException;

/** A request to the schema registry failed. The message names the request and the address. */
@Internal
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    public RegistryException(String message) {
        super(message);
    }

    public RegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
