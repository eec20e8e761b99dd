package io.tickformer.kafka.sink;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * The brokers aborted a transaction before it was committed. Its records are lost, and a restart
 * does not write them again, so Flink fails the job.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class LostTransactionException extends IOException {
    private static final long serialVersionUID = 1L;

    LostTransactionException(String transactionalId, Duration timeout, Throwable reason) {
        super(
                ("the brokers aborted transaction %s before it was committed, and the forecasts in"
                                + " it are lost (%s): the checkpoint completed later than"
                                + " sink.transaction-timeout, %d s, or another job uses the same"
                                + " sink.transactional-id-prefix. Set sink.transaction-timeout well"
                                + " above checkpoint.interval and the duration of a checkpoint, and"
                                + " start the job from an earlier savepoint, or without one")
                        .formatted(transactionalId, reason.getMessage(), timeout.toSeconds()),
                reason);
    }
}
