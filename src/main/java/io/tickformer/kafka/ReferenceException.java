package io.tickformer.kafka;

import org.apache.kafka.common.config.ConfigException;

/**
 * A reference in a setting stands for nothing in this process; the message is written for the user
 * and says which. To Kafka's clients it is a property that cannot be read.
 */
public final class ReferenceException extends ConfigException {
    private static final long serialVersionUID = 1L;

    ReferenceException(String message) {
        super(message);
    }

    ReferenceException(String message, Throwable cause) {
        super(message);
        initCause(cause);
    }
}
