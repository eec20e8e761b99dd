package io.tickformer.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.kafka.decode.Decoded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Offsets that were committed are not moved back while what was read before is read again. */
final class ForwardOnlyCommitSourceTest {
    private static final TopicPartition ONE = new TopicPartition("in", 0);
    private static final TopicPartition TWO = new TopicPartition("in", 1);

    private final PositionedReader kafka = new PositionedReader();
    private final ForwardOnlyCommitSource.Reader<Decoded> reader =
            new ForwardOnlyCommitSource.Reader<>(kafka, Map.of(ONE, 100L));

    @Test
    void aCheckpointCommitsOnceEveryPartitionHasComeToWhereItWas() throws Exception {
        checkpoint(1, split(ONE, 40), split(TWO, 7));
        assertThat(kafka.completed).isEmpty();

        checkpoint(2, split(ONE, 99), split(TWO, 8));
        assertThat(kafka.completed).isEmpty();

        checkpoint(3, split(ONE, 100), split(TWO, 9));
        assertThat(kafka.completed).containsExactly(3L);
    }

    @Test
    void aCheckpointIsJudgedByWhereItWasTakenAndNotByWhereTheReaderIsWhenItCompletes()
            throws Exception {
        kafka.splits = List.of(split(ONE, 40));
        reader.snapshotState(1);
        kafka.splits = List.of(split(ONE, 150));
        reader.snapshotState(2);
        reader.notifyCheckpointComplete(1);
        reader.notifyCheckpointComplete(2);

        assertThat(kafka.completed).containsExactly(2L);
    }

    @Test
    void aPartitionThatWasNotReadBeforeHoldsNothingUp() throws Exception {
        checkpoint(1, split(TWO, KafkaPartitionSplit.EARLIEST_OFFSET));

        assertThat(kafka.completed).containsExactly(1L);
    }

    private void checkpoint(long id, KafkaPartitionSplit... splits) throws Exception {
        kafka.splits = List.of(splits);
        assertThat(reader.snapshotState(id)).containsExactly(splits);
        reader.notifyCheckpointComplete(id);
    }

    private static KafkaPartitionSplit split(TopicPartition partition, long offset) {
        return new KafkaPartitionSplit(partition, offset);
    }

    /** A reader that stands where it is told, and remembers what it was told is complete. */
    private static final class PositionedReader
            implements SourceReader<Decoded, KafkaPartitionSplit> {
        private final List<Long> completed = new ArrayList<>();
        private List<KafkaPartitionSplit> splits = List.of();

        @Override
        public List<KafkaPartitionSplit> snapshotState(long checkpointId) {
            return splits;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            completed.add(checkpointId);
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<Decoded> output) {
            return InputStatus.NOTHING_AVAILABLE;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return new CompletableFuture<>();
        }

        @Override
        public void addSplits(List<KafkaPartitionSplit> added) {}

        @Override
        public void notifyNoMoreSplits() {}

        @Override
        public void close() {}
    }
}
