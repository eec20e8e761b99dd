package io.tickformer.kafka.sink;

import java.io.IOException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.admin.AdminClient;

/**
 * A Kafka sink whose writers leak no admin client. The connector's exactly-once writer looks for
 * its lingering transactions with an admin client that it never closes. At each start and restart
 * of a job, a thread with its connections and the job's class loader would stay in the TaskManager
 * until the process ends. This sink closes the client once the writer is created. The writer would
 * create another one if it needed it.
 *
 * <p>The close of its writers never fails ({@link CloseTolerantWriter}), and its committer does not
 * ignore lost transactions ({@link StrictCommitter}).
 *
 * @param <T> type of the written elements
 */
final class LeakFreeKafkaSink<T>
        implements Sink<T>,
                SupportsWriterState<T, KafkaWriterState>,
                SupportsCommitter<KafkaCommittable>,
                SupportsPostCommitTopology<KafkaCommittable> {
    private static final long serialVersionUID = 1L;
    private static final String CLIENT = "adminClient";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaSink<T> sink;
    private final Duration transactionTimeout;

    /**
     * @param transactionTimeout time after which the brokers abort a transaction
     */
    LeakFreeKafkaSink(KafkaSink<T> sink, Duration transactionTimeout) {
        this.sink = sink;
        this.transactionTimeout = transactionTimeout;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        return released(connector().createWriter(context));
    }

    @Override
    public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
            WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
        return released(connector().restoreWriter(context, state));
    }

    /** The sink by a type that can be named: the class of its writers is not public. */
    private TwoPhaseCommittingStatefulSink<T, KafkaWriterState, KafkaCommittable> connector() {
        return sink;
    }

    private static <T> StatefulSinkWriter<T, KafkaWriterState> released(
            PrecommittingStatefulSinkWriter<T, KafkaWriterState, KafkaCommittable> writer)
            throws IOException {
        Optional<Field> client =
                Arrays.stream(writer.getClass().getDeclaredFields())
                        .filter(field -> field.getName().equals(CLIENT))
                        .findFirst();
        if (client.isPresent()) {
            Field field = client.get();
            field.setAccessible(true);
            try {
                if (field.get(writer) instanceof AdminClient open) {
                    field.set(writer, null);
                    open.close(TIMEOUT);
                }
            } catch (IllegalAccessException e) {
                throw new IOException("cannot close the admin client of the Kafka writer", e);
            }
        }
        return new CloseTolerantWriter<>(writer);
    }

    @Override
    public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
        return sink.getWriterStateSerializer();
    }

    @Override
    public Committer<KafkaCommittable> createCommitter(CommitterInitContext context)
            throws IOException {
        return new StrictCommitter(sink.createCommitter(context), transactionTimeout);
    }

    @Override
    public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
        return sink.getCommittableSerializer();
    }

    @Override
    public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committed) {
        sink.addPostCommitTopology(committed);
    }
}
