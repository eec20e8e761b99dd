package io.tickformer.kafka;

import io.tickformer.annotation.Internal;
import org.apache.kafka.common.config.ConfigException;

/**
 * A reference in a setting cannot be resolved in this process. The message is written for the user
 * and names the reference. Kafka's clients treat it as an invalid property.
 */
@Internal
public final class SecretReferenceException extends ConfigException {
    private static final long serialVersionUID = 1L;

    SecretReferenceException(String message) {
        super(message);
    }

    SecretReferenceException(String message, Throwable cause) {
        super(message);
        initCause(cause);
    }
}
