package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Observation;
import io.tickformer.serialization.ObservationSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SeriesAdmissionOperatorTest {
    private static final int MAX_PARALLELISM = 16;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final int IDLE_TICKS = 10;
    private static final Duration HELD = Duration.ofMinutes(IDLE_TICKS);

    static Stream<Named<StateBackend>> backends() {
        return Stream.of(
                Named.of("heap", new HashMapStateBackend()),
                Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
    }

    /** The operator with a cap, one of some subtasks, in terms of series and ticks. */
    private static final class Gate implements AutoCloseable {
        private final SeriesAdmissionOperator operator;
        private final KeyedOneInputStreamOperatorTestHarness<String, Observation, Observation>
                harness;

        Gate(int limit, StateBackend backend, OperatorSubtaskState state, int of, int subtask)
                throws Exception {
            operator =
                    new SeriesAdmissionOperator(
                            new SeriesLimit(limit, HELD), Duration.ofMinutes(1).toMillis());
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            operator,
                            Observation::series,
                            Types.STRING,
                            MAX_PARALLELISM,
                            of,
                            subtask);
            harness.setStateBackend(backend);
            harness.setup(ObservationSerializer.INSTANCE);
            harness.initializeState(
                    state == null
                            ? OperatorSubtaskState.builder().build()
                            : AbstractStreamOperatorTestHarness.repartitionOperatorState(
                                    state, MAX_PARALLELISM, 1, of, subtask));
            harness.open();
        }

        static Gate open(int limit, StateBackend backend) throws Exception {
            return new Gate(limit, backend, null, 1, 0);
        }

        void observe(String series, long tick) throws Exception {
            long time = tick * MINUTE + 1;
            harness.processElement(new Observation(series, time, 1), time);
        }

        void endOf(long tick) throws Exception {
            harness.processWatermark((tick + 1) * MINUTE - 1);
        }

        List<String> passed() {
            return harness.extractOutputValues().stream().map(Observation::series).toList();
        }

        List<String> refused() {
            Queue<StreamRecord<Observation>> queue =
                    harness.getSideOutput(SeriesAdmissionOperator.REFUSED);
            return queue == null
                    ? List.of()
                    : queue.stream().map(each -> each.getValue().series()).toList();
        }

        long inState() {
            try (Stream<?> keys =
                    operator.<String>getKeyedStateBackend()
                            .getKeys("held-until", VoidNamespace.INSTANCE)) {
                return keys.count();
            }
        }

        @Override
        public void close() {
            try {
                harness.close();
            } catch (Exception e) {
                throw new IllegalStateException("the operator does not close", e);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aFloodOfNewSeriesIsRefusedAndKnownOnesGoOn(StateBackend backend) throws Exception {
        try (Gate gate = Gate.open(3, backend)) {
            gate.observe("a", 0);
            gate.observe("b", 0);
            for (int i = 0; i < 1_000; i++) {
                gate.observe("flood-" + i, 0);
            }
            gate.observe("a", 1);
            gate.observe("b", 1);

            assertThat(gate.passed()).containsExactly("a", "b", "flood-0", "a", "b");
            assertThat(gate.refused()).hasSize(999).doesNotContain("a", "b", "flood-0");
            assertThat(gate.operator.held()).isEqualTo(3).isEqualTo(gate.inState());
            assertThat(gate.harness.numEventTimeTimers()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aSeriesThatExpiresMakesRoom(StateBackend backend) throws Exception {
        try (Gate gate = Gate.open(2, backend)) {
            gate.observe("silent", 0);
            for (int tick = 0; tick < 3 * IDLE_TICKS; tick++) {
                gate.observe("busy", tick);
                gate.endOf(tick);
            }
            assertThat(gate.operator.held()).isEqualTo(1).isEqualTo(gate.inState());
            gate.observe("new", 3 * IDLE_TICKS);
            gate.observe("newer", 3 * IDLE_TICKS);

            assertThat(gate.refused()).containsExactly("newer");
            assertThat(gate.passed()).contains("new").endsWith("new");
        }
    }

    @Test
    void aSeriesKeepsItsPlaceForAsLongAsItsContextMayBeHeld() throws Exception {
        try (Gate gate = Gate.open(1, new HashMapStateBackend())) {
            gate.observe("silent", 0);
            gate.endOf(IDLE_TICKS);
            gate.observe("new", IDLE_TICKS + 1);

            assertThat(gate.refused()).containsExactly("new");
        }
    }

    @Test
    void manySeriesThatComeOnceLeaveNothingBehind() throws Exception {
        try (Gate gate = Gate.open(50, new HashMapStateBackend())) {
            for (int i = 0; i < 5_000; i++) {
                gate.observe("once-" + i, i / 10);
                gate.endOf(i / 10 - 1);
            }
            gate.endOf(1_000);

            assertThat(gate.passed()).hasSizeGreaterThan(500);
            assertThat(gate.operator.held()).isZero();
            assertThat(gate.harness.numKeyedStateEntries()).isZero();
            assertThat(gate.harness.numEventTimeTimers()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void theCountSurvivesARestoreToMoreSubtasks(StateBackend backend) throws Exception {
        OperatorSubtaskState state;
        try (Gate gate = Gate.open(40, backend)) {
            for (int i = 0; i < 40; i++) {
                gate.observe("known-" + i, 0);
            }
            state = gate.harness.snapshot(1, 1);
        }
        long held = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (Gate gate = new Gate(40, backend, state, 2, subtask)) {
                int own = subtask;
                List<String> known =
                        IntStream.range(0, 40)
                                .mapToObj(i -> "known-" + i)
                                .filter(key -> subtaskOf(key) == own)
                                .toList();
                assertThat(gate.operator.held()).isEqualTo(known.size());
                held += gate.operator.held();
                for (String key : known) {
                    gate.observe(key, 1);
                }
                assertThat(gate.passed()).isEqualTo(known);

                List<String> added = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    if (subtaskOf("new-" + i) == own) {
                        gate.observe("new-" + i, 1);
                        added.add("new-" + i);
                    }
                }
                int room = Math.max(0, 20 - known.size());
                assertThat(gate.refused()).isEqualTo(added.subList(room, added.size()));
            }
        }
        assertThat(held).isEqualTo(40);
    }

    private static int subtaskOf(String key) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(key, MAX_PARALLELISM, 2);
    }

    @Test
    void aSeriesBehindTheWatermarkHoldsAPlaceUntilItFallsSilent() throws Exception {
        try (Gate gate = Gate.open(1, new HashMapStateBackend())) {
            gate.endOf(100);
            gate.observe("behind", 50);
            gate.observe("other", 101);
            assertThat(gate.passed()).containsExactly("behind");
            assertThat(gate.refused()).containsExactly("other");

            gate.endOf(101);
            gate.observe("behind", 51);
            assertThat(gate.passed()).containsExactly("behind", "behind");
        }
    }

    @Test
    void withoutACapEverySeriesPassesAndNothingIsHeld() throws Exception {
        try (Gate gate = Gate.open(0, new HashMapStateBackend())) {
            for (int i = 0; i < 1_000; i++) {
                gate.observe("series-" + i, 0);
            }
            assertThat(gate.passed()).hasSize(1_000);
            assertThat(gate.harness.numKeyedStateEntries()).isZero();
            assertThat(gate.harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theSharesOfAllSubtasksAreTheCap() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int groups = 1 + random.nextInt(300);
            int subtasks = 1 + random.nextInt(groups);
            // At least one each.
            SeriesLimit cap = new SeriesLimit(groups + random.nextInt(1_000_000), HELD);
            long sum = 0;
            for (int subtask = 0; subtask < subtasks; subtask++) {
                KeyGroupRange range =
                        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
                                groups, subtasks, subtask);
                sum += cap.share(range.getStartKeyGroup(), range.getEndKeyGroup(), groups);
            }
            assertThat(sum).isEqualTo(cap.limit());
        }
    }
}
