package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ChangingModel;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ForecastOperatorRestoreTest {
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED.withMicroBatch(6, Duration.ofMillis(50));
    private static final List<Tick> TRAFFIC = ForecastOperatorTest.traffic(6, 90, 17);

    static Stream<Named<StateBackend>> backends() {
        return Stream.of(
                Named.of("heap", new HashMapStateBackend()),
                Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
    }

    private static OperatorHarness open(StateBackend backend, OperatorSubtaskState state)
            throws Exception {
        return OperatorHarness.open(OperatorHarness.MODEL, SETTINGS, backend, state, 1, 0);
    }

    private static void assertEqual(List<Forecast> actual, List<Forecast> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            ForecastCheck.assertSame(actual.get(i), expected.get(i));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartInMidStreamChangesNoForecast(StateBackend backend) throws Exception {
        int half = TRAFFIC.size() / 2;
        List<Forecast> forecasts = new ArrayList<>();
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(backend, null)) {
            operator.ticks(TRAFFIC.subList(0, half));
            state = operator.checkpoint(1);
            forecasts.addAll(operator.forecasts());
            // After the checkpoint: the source sends them again, the waiting ones are dropped.
            operator.ticks(TRAFFIC.subList(half, half + 10));
        }
        try (OperatorHarness operator = open(backend, state)) {
            operator.ticks(TRAFFIC.subList(half, TRAFFIC.size()));
            operator.flink().endInput();
            forecasts.addAll(operator.forecasts());
        }

        assertEqual(forecasts, ForecastOperatorTest.offline(TRAFFIC));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rescalingChangesNoForecast(StateBackend backend) throws Exception {
        int half = TRAFFIC.size() / 2;
        List<Forecast> forecasts = new ArrayList<>();
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(backend, null)) {
            operator.ticks(TRAFFIC.subList(0, half));
            state = operator.checkpoint(1);
            forecasts.addAll(operator.forecasts());
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (OperatorHarness operator =
                    OperatorHarness.open(
                            OperatorHarness.MODEL, SETTINGS, backend, state, 2, subtask)) {
                assertThat(operator.seriesAlive()).isPositive().isEqualTo(operator.seriesInState());
                for (Tick tick : TRAFFIC.subList(half, TRAFFIC.size())) {
                    if (subtaskOf(tick.series()) == subtask) {
                        operator.tick(tick);
                    }
                }
                operator.flink().endInput();
                assertThat(operator.forecasts()).isNotEmpty();
                forecasts.addAll(operator.forecasts());
            }
        }

        Comparator<Forecast> bySeries =
                Comparator.comparing(Forecast::series).thenComparing(Forecast::tickIndex);
        List<Forecast> expected = new ArrayList<>(ForecastOperatorTest.offline(TRAFFIC));
        expected.sort(bySeries);
        forecasts.sort(bySeries);
        assertEqual(forecasts, expected);
    }

    private static int subtaskOf(String series) {
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                series, OperatorHarness.MAX_PARALLELISM, 2);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aNewVersionOfTheModelGoesOnWithTheContexts(StateBackend backend) throws Exception {
        byte[] newer = TestModels.transformer(TestModels.STREAMING, 78, "2");
        OperatorSubtaskState state = stateOfFewTicks(backend);
        try (OperatorHarness operator =
                OperatorHarness.open(newer, SETTINGS, backend, state, 1, 0)) {
            operator.tick("a", 5, 5);
            operator.flink().endInput();

            assertThat(operator.forecasts())
                    .singleElement()
                    .satisfies(
                            forecast -> {
                                assertThat(forecast.modelVersion()).isEqualTo("2");
                                assertThat(forecast.observedTicks()).isEqualTo(6);
                            });
        }
    }

    /** Shorter and longer: T = 6 and 14 where the state has 10. */
    @ParameterizedTest
    @MethodSource("backends")
    void aModelOfAnotherContextLengthGoesOnWithTheContexts(StateBackend backend) throws Exception {
        for (int window : List.of(2, 4)) {
            byte[] other = TestModels.transformer(ofWindow(window), 78, "2");
            int half = TRAFFIC.size() / 2;
            OperatorSubtaskState state;
            try (OperatorHarness operator = open(backend, null)) {
                operator.ticks(TRAFFIC.subList(0, half));
                state = operator.checkpoint(1);
            }
            List<Forecast> forecasts = new ArrayList<>();
            try (OperatorHarness operator =
                    OperatorHarness.open(other, SETTINGS, backend, state, 1, 0)) {
                operator.ticks(TRAFFIC.subList(half, half + 40));
                // Once more: contexts that no tick has come for are written anew as well.
                state = operator.checkpoint(2);
                forecasts.addAll(operator.forecasts());
            }
            try (OperatorHarness operator =
                    OperatorHarness.open(other, SETTINGS, backend, state, 1, 0)) {
                operator.ticks(TRAFFIC.subList(half + 40, TRAFFIC.size()));
                operator.flink().endInput();
                forecasts.addAll(operator.forecasts());
            }

            try (ChangingModel offline = new ChangingModel(OperatorHarness.MODEL)) {
                offline.forecasts(TRAFFIC.subList(0, half));
                offline.goOnWith(other);
                assertEqual(forecasts, offline.forecasts(TRAFFIC.subList(half, TRAFFIC.size())));
            }
        }
    }

    private static ForecastSpec ofWindow(int window) {
        return TestSpecs.streaming(60_000, 2, window, 4, 2, 8, 2, 16)
                .withQuantileLevels(List.of(0.1, 0.5, 0.9))
                .withNormalisation(TestModels.STREAMING.normalisation());
    }

    private static OperatorSubtaskState stateOfFewTicks(StateBackend backend) throws Exception {
        try (OperatorHarness operator = open(backend, null)) {
            for (int tick = 0; tick < 5; tick++) {
                operator.tick("a", tick, tick);
            }
            return operator.checkpoint(1);
        }
    }
}
