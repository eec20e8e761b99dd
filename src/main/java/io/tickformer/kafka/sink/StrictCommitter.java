package io.tickformer.kafka.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Fails the job if a transaction cannot be committed because the brokers aborted it. The connector
 * would ignore that and go on, and the records of the transaction would be lost silently. A restart
 * does not write them again, as their checkpoint is complete.
 *
 * <p>After a restart, the connector commits transactions again that were committed before. Kafka
 * rejects that too if their ids are in use again, and the connector handles it. So only
 * transactions that were written since the start of the task are checked. They are recognized by
 * their producer.
 */
@SuppressWarnings("try") // The signature of close is Flink's.
final class StrictCommitter implements Committer<KafkaCommittable> {
    private final Committer<KafkaCommittable> committer;
    private final Duration timeout;

    /**
     * @param timeout time after which the brokers abort a transaction
     */
    StrictCommitter(Committer<KafkaCommittable> committer, Duration timeout) {
        this.committer = committer;
        this.timeout = timeout;
    }

    @Override
    public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
            throws IOException, InterruptedException {
        List<CommitRequest<KafkaCommittable>> watched = new ArrayList<>(requests.size());
        for (CommitRequest<KafkaCommittable> request : requests) {
            boolean isOwn = request.getCommittable().getProducer().isPresent();
            watched.add(isOwn ? new OwnRequest(request, timeout) : request);
        }
        committer.commit(watched);
        for (CommitRequest<KafkaCommittable> request : watched) {
            if (request instanceof OwnRequest own && own.lost != null) {
                throw own.lost;
            }
        }
    }

    @Override
    public void close() throws Exception {
        committer.close();
    }

    /** A transaction that was written since the start of the task. */
    private static final class OwnRequest implements CommitRequest<KafkaCommittable> {
        private final CommitRequest<KafkaCommittable> request;
        private final Duration timeout;
        private LostTransactionException lost;

        OwnRequest(CommitRequest<KafkaCommittable> request, Duration timeout) {
            this.request = request;
            this.timeout = timeout;
        }

        @Override
        public KafkaCommittable getCommittable() {
            return request.getCommittable();
        }

        @Override
        public int getNumberOfRetries() {
            return request.getNumberOfRetries();
        }

        /** The connector would only count the failure. */
        @Override
        public void signalFailedWithKnownReason(Throwable reason) {
            lost =
                    new LostTransactionException(
                            request.getCommittable().getTransactionalId(), timeout, reason);
            request.signalFailedWithKnownReason(reason);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable reason) {
            request.signalFailedWithUnknownReason(reason);
        }

        @Override
        public void retryLater() {
            request.retryLater();
        }

        @Override
        public void updateAndRetryLater(KafkaCommittable committable) {
            request.updateAndRetryLater(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            request.signalAlreadyCommitted();
        }
    }
}
