package io.tickformer.kafka.sink;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * A transaction that the brokers gave up before it was committed. What it held is not in the topic,
 * and no restart writes it again, so Flink ends the job.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
final class LostTransactionException extends IOException {
    private static final long serialVersionUID = 1L;

    LostTransactionException(String transactionalId, Duration timeout, Throwable reason) {
        super(
                ("the brokers have given up transaction %s before it was committed, and the forecasts"
                                + " in it are lost (%s): the checkpoint came later than"
                                + " sink.transaction-timeout, %d s, or another job writes under the"
                                + " same sink.transactional-id-prefix. Set sink.transaction-timeout"
                                + " well above checkpoint.interval and the duration of a checkpoint,"
                                + " and start the job from an earlier savepoint, or from none")
                        .formatted(transactionalId, reason.getMessage(), timeout.toSeconds()),
                reason);
    }
}
