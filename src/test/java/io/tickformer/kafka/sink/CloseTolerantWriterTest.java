package io.tickformer.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.connector.kafka.sink.TwoPhaseCommittingStatefulSink.PrecommittingStatefulSinkWriter;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

// The interface's close() may be interrupted.
@SuppressWarnings("try")
final class CloseTolerantWriterTest {
    /** Writes to a list, and fails with what it is told to. */
    private static final class Recording
            implements PrecommittingStatefulSinkWriter<String, Long, String> {
        private final List<String> calls = new ArrayList<>();
        private Exception failure;

        @Override
        public void write(String element, Context context) throws IOException {
            calls.add("write " + element);
            if (failure instanceof IOException io) {
                throw io;
            }
        }

        @Override
        public void flush(boolean endOfInput) {
            calls.add("flush " + endOfInput);
        }

        @Override
        public Collection<String> prepareCommit() {
            return List.of("to be committed");
        }

        @Override
        public List<Long> snapshotState(long checkpointId) {
            return List.of(checkpointId);
        }

        @Override
        public void close() throws Exception {
            calls.add("close");
            if (failure != null) {
                throw failure;
            }
        }
    }

    private final Recording recording = new Recording();
    private final CloseTolerantWriter<String, Long, String> writer =
            new CloseTolerantWriter<>(recording);

    @Test
    void everythingReachesTheWriter() throws Exception {
        writer.write("a", null);
        writer.flush(true);
        writer.close();

        assertThat(writer.prepareCommit()).containsExactly("to be committed");
        assertThat(writer.snapshotState(7)).containsExactly(7L);
        assertThat(recording.calls).containsExactly("write a", "flush true", "close");
    }

    @Test
    void whatTheBrokersDidNotTakeFailsTheWritingAndNotTheClosing() {
        recording.failure = new IOException("too large");

        assertThatThrownBy(() -> writer.write("a", null)).hasMessage("too large");
        assertThatCode(writer::close).doesNotThrowAnyException();
        assertThat(recording.calls).endsWith("close");
    }

    @Test
    void brokersThatAreAwayDoNotFailTheClosing() {
        recording.failure = new TimeoutException("no answer for 60 s");

        assertThatCode(writer::close).doesNotThrowAnyException();
    }

    @Test
    void anyOtherFailureOfTheClosingIsNotHidden() {
        recording.failure = new IllegalStateException("a defect");

        assertThatThrownBy(writer::close).hasMessage("a defect");
    }
}
