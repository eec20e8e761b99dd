package io.tickformer.kafka.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A writer whose close never fails. On close, the connector's writer reports unsent records again
 * and aborts its transaction, which fails if the brokers are unreachable. A task that fails for
 * this very reason closes its writer, and Flink ends the whole TaskManager if the close fails too.
 *
 * <p>Nothing is lost: a checkpoint and the end of input wait until the brokers have acknowledged
 * all records, and records after the last checkpoint are written again after a restart.
 *
 * @param <T> type of the written elements
 * @param <S> state of the writer
 * @param <C> committable
 */
// Flink's close() may be interrupted.
@SuppressWarnings("try")
final class CloseTolerantWriter<T, S, C> implements PrecommittingStatefulSinkWriter<T, S, C> {
    private static final Logger LOG = LoggerFactory.getLogger(CloseTolerantWriter.class);

    private final PrecommittingStatefulSinkWriter<T, S, C> writer;

    CloseTolerantWriter(PrecommittingStatefulSinkWriter<T, S, C> writer) {
        this.writer = writer;
    }

    @Override
    public void write(T element, Context context) throws IOException, InterruptedException {
        writer.write(element, context);
    }

    @Override
    public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
    }

    @Override
    public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
    }

    @Override
    public Collection<C> prepareCommit() throws IOException, InterruptedException {
        return writer.prepareCommit();
    }

    @Override
    public List<S> snapshotState(long checkpointId) throws IOException {
        return writer.snapshotState(checkpointId);
    }

    @Override
    public void close() throws Exception {
        try {
            writer.close();
        } catch (InterruptException e) {
            // The task was cancelled. Kafka has restored the interrupt flag of the thread.
            LOG.warn("a writer was interrupted while it was closed", e);
        } catch (IOException | KafkaException notTaken) {
            LOG.warn("a closed writer had records that the brokers did not acknowledge", notTaken);
        }
    }
}
