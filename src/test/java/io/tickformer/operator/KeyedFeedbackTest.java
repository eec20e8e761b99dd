package io.tickformer.operator;

import static io.tickformer.operator.OperatorHarness.RING;
import static io.tickformer.operator.OperatorHarness.TICK_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.event.Tick;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The feedback of the series in the running operator. */
final class KeyedFeedbackTest {
    /** All parts are on, and every tick of a series has a score. */
    private static final ForecastOperatorSettings SETTINGS =
            ForecastOperatorSettings.DEFAULT
                    .withFeedback(
                            LiveFeedbackSettings.DEFAULT.withScores(Duration.ofMillis(TICK_MILLIS)))
                    .withMicroBatch(7, Duration.ofMillis(50));

    private static final List<Tick> TRAFFIC = traffic();

    /** A restart in mid-stream, where calibration has begun. */
    private static final int HALF = TRAFFIC.size() / 2;

    /** Waves with gaps, late revisions, and a shift of level. */
    private static List<Tick> traffic() {
        Random random = new Random(11);
        List<Tick> traffic = new ArrayList<>();
        for (int tick = 0; tick < 400; tick++) {
            for (int series = 0; series < 4; series++) {
                if (random.nextInt(12) == 0) {
                    continue;
                }
                double level = tick > 250 ? 40 : 10;
                double value = level + series * TestModels.wave(tick) + random.nextGaussian();
                traffic.add(new Tick("s" + series, tick, value));
                if (tick > 3 && random.nextInt(10) == 0) {
                    traffic.add(new Tick("s" + series, tick - random.nextInt(3), value + 1));
                }
            }
        }
        return traffic;
    }

    /** What comes out of an operator. */
    private record Output(
            List<Forecast> forecasts, List<ForecastScore> scores, List<Anomaly> anomalies) {
        static Output of(OperatorHarness operator) {
            return new Output(
                    operator.forecasts(),
                    operator.side(FeedbackOutputs.SCORES),
                    operator.side(FeedbackOutputs.ANOMALIES));
        }

        Output plus(Output other) {
            return new Output(
                    joined(forecasts, other.forecasts),
                    joined(scores, other.scores),
                    joined(anomalies, other.anomalies));
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            return Stream.concat(first.stream(), second.stream()).toList();
        }
    }

    private static Output output(ForecastOperatorSettings settings) throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(settings)) {
            operator.ticks(TRAFFIC);
            operator.flink().endInput();
            return Output.of(operator);
        }
    }

    private static void assertSame(Output actual, Output expected) {
        ForecastCheck.assertSame(actual.forecasts(), expected.forecasts());
        List<ForecastScore> scores = sorted(actual.scores());
        List<ForecastScore> wanted = sorted(expected.scores());
        assertThat(scores).hasSameSizeAs(wanted);
        for (int i = 0; i < scores.size(); i++) {
            assertSame(scores.get(i), wanted.get(i));
        }
        assertThat(actual.anomalies())
                .extracting(anomaly -> anomaly.series() + "@" + anomaly.tickIndex())
                .containsExactlyInAnyOrderElementsOf(
                        expected.anomalies().stream()
                                .map(anomaly -> anomaly.series() + "@" + anomaly.tickIndex())
                                .toList());
    }

    private static List<ForecastScore> sorted(List<ForecastScore> scores) {
        return scores.stream()
                .sorted(
                        Comparator.comparing(ForecastScore::series)
                                .thenComparing(ForecastScore::tickIndex))
                .toList();
    }

    private static void assertSame(ForecastScore actual, ForecastScore expected) {
        assertThat(actual.series()).isEqualTo(expected.series());
        assertThat(actual.tickIndex()).isEqualTo(expected.tickIndex());
        assertThat(actual.calibratedCount()).isEqualTo(expected.calibratedCount());
        assertThat(actual.fallbackCount()).isEqualTo(expected.fallbackCount());
        for (int i = 0; i < expected.steps().size(); i++) {
            StepScore step = actual.steps().get(i);
            StepScore wanted = expected.steps().get(i);
            assertThat(step.targets()).isCloseTo(wanted.targets(), within(1e-9));
            if (wanted.targets() > 0) {
                assertThat(step.absoluteError())
                        .isCloseTo(wanted.absoluteError(), within(1e-4 * wanted.absoluteError()));
            }
        }
    }

    @Test
    void theForecastsAreCalibratedInTimeAndScored() throws Exception {
        Output output = output(SETTINGS);

        assertThat(output.forecasts().get(0).calibrated()).isFalse();
        assertThat(output.forecasts().get(output.forecasts().size() - 1).calibrated()).isTrue();
        ForecastScore newest = output.scores().get(output.scores().size() - 1);
        assertThat(newest.seriesCount()).isEqualTo(1);
        assertThat(newest.calibratedCount()).isEqualTo(1);
        assertThat(newest.intervals()).containsExactly(0.8);
        assertThat(newest.steps()).extracting(StepScore::step).containsExactly(1, 2, 4);
        assertThat(newest.steps())
                .allSatisfy(
                        step -> {
                            assertThat(step.targets()).isGreaterThan(50);
                            assertThat(step.coverage()[0]).isBetween(0.5, 1.0);
                            assertThat(step.naiveError()).isPositive();
                        });
    }

    @Test
    void aShiftOfLevelIsAnAnomalyOfEverySeries() throws Exception {
        assertThat(output(SETTINGS).anomalies())
                .filteredOn(anomaly -> anomaly.tickIndex() > 250 && anomaly.tickIndex() < 256)
                .extracting(Anomaly::series)
                .contains("s0", "s1", "s2", "s3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void howTicksAreGatheredIntoMicroBatchesChangesNothing(int size) throws Exception {
        assertSame(output(SETTINGS.withMicroBatch(size, Duration.ofSeconds(1))), output(SETTINGS));
    }

    @Test
    void aLateReadingDoesNotOvertakeATickOfItsSeriesThatWaits() throws Exception {
        List<Output> outputs = new ArrayList<>();
        for (int size : List.of(1, 1000)) {
            try (OperatorHarness operator =
                    OperatorHarness.open(SETTINGS.withMicroBatch(size, Duration.ofSeconds(1)))) {
                for (int tick = 0; tick < 300; tick++) {
                    operator.tick("a", tick, TestModels.wave(tick));
                    if (tick % 10 == 9) {
                        operator.tick("a", tick - 1, 3);
                    }
                }
                operator.flink().endInput();
                outputs.add(Output.of(operator));
            }
        }

        assertSame(outputs.get(1), outputs.get(0));
    }

    @Test
    void aLateReadingWithdrawsAnAnomalyOrShowsOne() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < 300; tick++) {
                operator.tick("a", tick, tick == 250 ? 1e6 : TestModels.wave(tick));
                if (tick == 252) {
                    operator.tick("a", 250, TestModels.wave(250));
                }
            }
            operator.tick("a", 299, -1e6);
            operator.flink().endInput();

            assertThat(operator.side(FeedbackOutputs.ANOMALIES))
                    .filteredOn(anomaly -> anomaly.tickIndex() == 250)
                    .extracting(Anomaly::value, Anomaly::isWithdrawn)
                    .containsExactly(tuple(1e6, false), tuple(TestModels.wave(250), true));
            assertThat(operator.side(FeedbackOutputs.ANOMALIES))
                    .filteredOn(anomaly -> anomaly.tickIndex() == 299)
                    .extracting(Anomaly::value, Anomaly::isHigh, Anomaly::isWithdrawn)
                    .containsExactly(tuple(-1e6, false, false));
            long told =
                    operator.side(FeedbackOutputs.ANOMALIES).stream()
                            .filter(anomaly -> !anomaly.isWithdrawn())
                            .count();
            assertThat(operator.counts().anomalies.getCount()).isEqualTo(told);
        }
    }

    @Test
    void withoutAnyPartTheOutputIsThatOfTheModel() throws Exception {
        Output plain = output(SETTINGS.withFeedback(LiveFeedbackSettings.NONE));
        Output scored =
                output(SETTINGS.withFeedback(SETTINGS.feedback().withParts(FeedbackSettings.NONE)));

        assertThat(plain.scores()).isEmpty();
        assertThat(plain.anomalies()).isEmpty();
        assertThat(scored.forecasts()).isEqualTo(plain.forecasts());
        assertThat(scored.scores()).isNotEmpty();
    }

    @Test
    void eachPartIsSwitchedOffByItself() throws Exception {
        LiveFeedbackSettings all = SETTINGS.feedback();

        assertThat(output(SETTINGS.withFeedback(all.withScores(null))).scores()).isEmpty();
        assertThat(
                        output(
                                        SETTINGS.withFeedback(
                                                all.withParts(
                                                        new FeedbackSettings(true, true, null))))
                                .anomalies())
                .isEmpty();
        assertThat(
                        output(
                                        SETTINGS.withFeedback(
                                                all.withParts(
                                                        new FeedbackSettings(false, true, null))))
                                .forecasts())
                .noneMatch(Forecast::calibrated);
        Output unmixed =
                output(
                        SETTINGS.withFeedback(
                                all.withParts(new FeedbackSettings(true, false, null))));
        assertThat(unmixed.forecasts())
                .noneMatch(forecast -> forecast.quality() == ForecastQuality.FALLBACK)
                .anyMatch(Forecast::calibrated);
    }

    @Test
    void theSelectedLevelsAreThoseOfTheWholeForecast() throws Exception {
        List<Forecast> all = output(SETTINGS).forecasts();
        List<Forecast> median =
                output(SETTINGS.withEmitted(new ForecastSelection(0, List.of(0.5)))).forecasts();

        assertThat(median).hasSameSizeAs(all);
        for (int i = 0; i < all.size(); i++) {
            assertThat(median.get(i).quantileLevels()).containsExactly(0.5);
            assertThat(median.get(i).quantile(1, 0)).isEqualTo(all.get(i).quantile(1, 1));
        }
    }

    static Stream<Named<StateBackend>> backends() {
        return Stream.of(
                Named.of("heap", new HashMapStateBackend()),
                Named.of("RocksDB", new EmbeddedRocksDBStateBackend()));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRestartInMidStreamChangesNothing(StateBackend backend) throws Exception {
        Output before;
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(backend, null, 1, 0)) {
            operator.ticks(TRAFFIC.subList(0, HALF));
            state = operator.checkpoint(1);
            before = Output.of(operator);
            // After the checkpoint: the source sends them again.
            operator.ticks(TRAFFIC.subList(HALF, HALF + 30));
        }
        try (OperatorHarness operator = open(backend, state, 1, 0)) {
            operator.ticks(TRAFFIC.subList(HALF, TRAFFIC.size()));
            operator.flink().endInput();

            assertSame(before.plus(Output.of(operator)), output(SETTINGS));
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rescalingChangesNothing(StateBackend backend) throws Exception {
        Output all;
        OperatorSubtaskState state;
        try (OperatorHarness operator = open(backend, null, 1, 0)) {
            operator.ticks(TRAFFIC.subList(0, HALF));
            state = operator.checkpoint(1);
            all = Output.of(operator);
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (OperatorHarness operator = open(backend, state, 2, subtask)) {
                for (Tick tick : TRAFFIC.subList(HALF, TRAFFIC.size())) {
                    if (KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                    tick.series(), OperatorHarness.MAX_PARALLELISM, 2)
                            == subtask) {
                        operator.tick(tick);
                    }
                }
                operator.flink().endInput();
                all = all.plus(Output.of(operator));
            }
        }

        assertSame(all, output(SETTINGS));
    }

    private static OperatorHarness open(
            StateBackend backend, OperatorSubtaskState state, int parallelism, int subtask)
            throws Exception {
        return OperatorHarness.open(
                OperatorHarness.MODEL, SETTINGS, backend, state, parallelism, subtask);
    }

    @Test
    void theFeedbackOfASeriesIsDeletedWithItEvenIfATickOfItWaits() throws Exception {
        try (OperatorHarness operator =
                OperatorHarness.open(SETTINGS.withMicroBatch(64, Duration.ofSeconds(1)))) {
            operator.tick("a", 0, 1);
            operator.flink().setProcessingTime(1_000);
            assertThat(operator.seriesInState(KeyedFeedback.STATE)).isEqualTo(1);

            operator.endOf(4L * RING);

            assertThat(operator.seriesInState(KeyedFeedback.STATE)).isZero();
            assertThat(operator.seriesInState()).isZero();
        }
    }
}
