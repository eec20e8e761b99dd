package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class WatermarkCheckpointOperatorTest {
    private static final int MAX_PARALLELISM = 8;

    @Test
    void aRestoredSubtaskStartsAtTheWatermarkItHad() throws Exception {
        assertThat(restored(1, 1, subtask(0, 1, 500, true))).containsExactly(new Watermark(500));
    }

    @Test
    void everySubtaskStartsAtTheLeastWatermarkOfThoseActive() throws Exception {
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        subtask(0, 3, 500, true),
                        subtask(1, 3, 300, true),
                        subtask(2, 3, 100, false));
        assertThat(restored(3, 1, all)).containsExactly(new Watermark(300));
        assertThat(restored(3, 4, all)).containsExactly(new Watermark(300));
    }

    @Test
    void whereAllWereIdleTheGreatestWatermarkCounts() throws Exception {
        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(
                        subtask(0, 2, 500, false), subtask(1, 2, 300, false));
        assertThat(restored(2, 2, all)).containsExactly(new Watermark(500));
    }

    @Test
    void theEndOfTheInputIsNotKept() throws Exception {
        OperatorSubtaskState state;
        OneInputStreamOperatorTestHarness<Observation, Observation> harness = harness(0, 1);
        try {
            harness.open();
            harness.processWatermark(500);
            harness.processWatermark(Watermark.MAX_WATERMARK);
            state = harness.snapshot(1, 1);
        } finally {
            harness.close();
        }
        assertThat(restored(1, 1, state)).containsExactly(new Watermark(500));
    }

    @Test
    void aFreshStartHasNoWatermark() throws Exception {
        OneInputStreamOperatorTestHarness<Observation, Observation> harness = harness(0, 1);
        try {
            harness.open();
            assertThat(harness.getOutput()).isEmpty();
        } finally {
            harness.close();
        }
    }

    private static OperatorSubtaskState subtask(
            int index, int parallelism, long watermark, boolean active) throws Exception {
        OneInputStreamOperatorTestHarness<Observation, Observation> harness =
                harness(index, parallelism);
        try {
            harness.open();
            harness.processWatermark(watermark);
            if (!active) {
                harness.processWatermarkStatus(WatermarkStatus.IDLE);
            }
            return harness.snapshot(1, 1);
        } finally {
            harness.close();
        }
    }

    /** What the first of so many subtasks emits when it opens. */
    private static List<Object> restored(int before, int parallelism, OperatorSubtaskState state)
            throws Exception {
        OneInputStreamOperatorTestHarness<Observation, Observation> harness =
                harness(0, parallelism);
        try {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            state, MAX_PARALLELISM, before, parallelism, 0));
            harness.open();
            return new ArrayList<>(harness.getOutput());
        } finally {
            harness.close();
        }
    }

    private static OneInputStreamOperatorTestHarness<Observation, Observation> harness(
            int subtask, int parallelism) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new WatermarkCheckpointOperator(), MAX_PARALLELISM, parallelism, subtask);
    }
}
