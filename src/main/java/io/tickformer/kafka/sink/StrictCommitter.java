package io.tickformer.kafka.sink;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Ends the job when a transaction cannot be committed because the brokers have given it up. The
 * connector takes that for done and goes on: what the transaction held would be missing from the
 * topic, and nobody would know. No restart brings it back, as the checkpoint that it belongs to is
 * complete.
 *
 * <p>After a restart transactions are committed once more that were committed before, and that is
 * refused too where their ids have been used again. Those are the connector's: only a transaction
 * that was written by this start of the task must be there. It is known by its producer.
 */
@SuppressWarnings("try") // The signature of close is Flink's.
final class StrictCommitter implements Committer<KafkaCommittable> {
    private final Committer<KafkaCommittable> committer;
    private final Duration timeout;

    /**
     * @param timeout after which the brokers give up a transaction
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

    /** A transaction of this start of the task. */
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

        /** The connector would count it and go on. */
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
