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
 * A writer that does not fail when it is closed. The connector's writer says then, once more, what
 * the brokers have not taken, and ends its transaction, which fails where they are away. A task
 * that fails for that very reason closes its writer, and Flink ends the whole TaskManager where
 * closing fails too.
 *
 * <p>Nothing is lost by it: a checkpoint, and the end of the input, wait until the brokers have
 * taken everything, and whatever is not in a checkpoint is written again after a restart.
 *
 * @param <T> what is written
 * @param <S> its state
 * @param <C> what it gives to the committer
 */
// Flink's close() waits, and may be interrupted.
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
            // The task was cancelled meanwhile. Kafka has set the flag of the thread again.
            LOG.warn("a writer was interrupted as it was closed", e);
        } catch (IOException | KafkaException notTaken) {
            LOG.warn(
                    "a writer that was closed had records that the brokers did not take", notTaken);
        }
    }
}
