package io.tickformer.serialization;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * State that this job cannot restore. A restart does not help, so Flink fails the job instead of
 * restarting it again and again. The message says what was found, what was expected and what to do.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
@Internal
public final class StateException extends IOException {
    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }
}
