package io.tickformer.operator;

import static io.tickformer.operator.OperatorHarness.MODEL;
import static io.tickformer.operator.OperatorHarness.RING;
import static io.tickformer.operator.OperatorHarness.T;
import static io.tickformer.operator.OperatorHarness.TICK_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.junit.jupiter.api.Test;

final class ForecastOperatorTest {
    private static final ForecastOperatorSettings SETTINGS =
            OperatorHarness.UNCHANGED.withMicroBatch(3, Duration.ofMillis(50));

    /** Ticks of several series with gaps, outages and revisions, in the order they arrive. */
    static List<Tick> traffic(int series, int ticks, long seed) {
        Random random = new Random(seed);
        List<Tick> traffic = new ArrayList<>();
        int[] outage = new int[series];
        for (int tick = 0; tick < ticks; tick++) {
            for (int s = 0; s < series; s++) {
                outage[s] = random.nextInt(60) == 0 ? random.nextInt(2 * T) : outage[s] - 1;
                if (outage[s] > 0 || random.nextInt(8) == 0) {
                    continue;
                }
                traffic.add(new Tick("s" + s, tick, 10 * s + random.nextGaussian()));
                if (tick > 3 && random.nextInt(10) == 0) {
                    traffic.add(new Tick("s" + s, tick - 1 - random.nextInt(3), 10 * s));
                }
            }
        }
        return traffic;
    }

    static List<Forecast> offline(List<Tick> ticks) {
        try (ForecastModel model = ForecastModel.open(MODEL, ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(model, 1, ForecastSelection.ALL)) {
            return offline.replay(ticks);
        }
    }

    @Test
    void aMicroBatchIsFlushedWhenItIsFull() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.tick("b", 0, 2);
            assertThat(operator.output()).isEmpty();

            operator.tick("c", 0, 3);
            assertThat(operator.output()).containsExactly("a@0", "b@0", "c@0");
        }
    }

    @Test
    void aMicroBatchThatDoesNotFillIsFlushedOnceItLingered() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.flink().setProcessingTime(1_000);
            operator.tick("a", 0, 1);
            operator.flink().setProcessingTime(1_049);
            operator.tick("b", 0, 1);
            assertThat(operator.output()).isEmpty();

            operator.flink().setProcessingTime(1_050);
            assertThat(operator.output()).containsExactly("a@0", "b@0");
        }
    }

    @Test
    void lingeringCountsFromTheOldestTickThatWaits() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.flink().setProcessingTime(1_000);
            operator.tick("a", 0, 1);
            operator.tick("b", 0, 1);
            operator.tick("c", 0, 1);
            operator.flink().setProcessingTime(1_030);
            operator.tick("a", 1, 1);

            // The timer of the batch that filled finds one that is still young.
            operator.flink().setProcessingTime(1_050);
            assertThat(operator.output()).hasSize(3);
            operator.flink().setProcessingTime(1_080);
            assertThat(operator.output()).hasSize(4);
            assertThat(operator.flink().numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void aMicroBatchIsFlushedBeforeTheWatermarkIsForwarded() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 5, 1);
            operator.tick("b", 5, 1);
            operator.endOf(5);

            assertThat(operator.output()).containsExactly("a@5", "b@5", "watermark 5");
        }
    }

    @Test
    void aMicroBatchIsFlushedBeforeTheBarrierIsForwarded() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.flink().prepareSnapshotPreBarrier(1);

            assertThat(operator.output()).containsExactly("a@0");
        }
    }

    @Test
    void aMicroBatchIsFlushedAtTheEndOfInput() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.flink().endInput();

            assertThat(operator.output()).containsExactly("a@0");
        }
    }

    @Test
    void aMicroBatchIsFlushedBeforeTheInputTurnsIdle() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.flink().processWatermarkStatus(WatermarkStatus.IDLE);

            assertThat(operator.output()).first().isEqualTo("a@0");
        }
    }

    @Test
    void whatWaitsWhenTheTaskFailsIsDropped() throws Exception {
        OperatorHarness failed = OperatorHarness.open(SETTINGS);
        try (failed) {
            failed.tick("a", 0, 1);
        }

        assertThat(failed.output()).isEmpty();
    }

    @Test
    void severalTicksOfASeriesInAMicroBatchKeepTheirOrder() throws Exception {
        try (OperatorHarness operator =
                OperatorHarness.open(SETTINGS.withMicroBatch(6, Duration.ofSeconds(1)))) {
            for (int tick = 0; tick < 3; tick++) {
                operator.tick("a", tick, tick);
                operator.tick("b", tick, -tick);
            }

            assertThat(operator.output()).containsExactly("a@0", "b@0", "a@1", "b@1", "a@2", "b@2");
        }
    }

    @Test
    void aForecastCarriesTheLastMillisecondOfItsTick() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 7, 1);
            operator.flink().endInput();

            assertThat(operator.flink().extractOutputStreamRecords())
                    .singleElement()
                    .satisfies(
                            record ->
                                    assertThat(record.getTimestamp())
                                            .isEqualTo(8 * TICK_MILLIS - 1));
        }
    }

    @Test
    void forecastsComeFromTheFirstTickOnAndSayThatTheyWarmUp() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < RING + 2; tick++) {
                operator.tick("a", tick, tick);
            }
            operator.flink().endInput();

            List<Forecast> forecasts = operator.forecasts();
            assertThat(forecasts).hasSize(RING + 2);
            for (int tick = 0; tick < RING + 2; tick++) {
                assertThat(forecasts.get(tick).quality())
                        .isEqualTo(tick < T - 1 ? ForecastQuality.WARMING_UP : ForecastQuality.OK);
                assertThat(forecasts.get(tick).observedTicks()).isEqualTo(Math.min(tick + 1, RING));
            }
        }
    }

    @Test
    void theForecastsEqualThoseComputedOffline() throws Exception {
        List<Tick> traffic = traffic(5, 120, 3);
        try (OperatorHarness operator =
                OperatorHarness.open(SETTINGS.withMicroBatch(7, Duration.ofMillis(50)))) {
            for (Tick tick : traffic) {
                operator.tick(tick);
            }
            operator.flink().endInput();

            List<Forecast> expected = offline(traffic);
            List<Forecast> actual = operator.forecasts();
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < actual.size(); i++) {
                ForecastCheck.assertSame(actual.get(i), expected.get(i));
            }
            assertThat(operator.counts().forecasts.getCount()).isEqualTo(actual.size());
        }
    }

    @Test
    void aLateTickRevisesTheContextAndIssuesNothing() throws Exception {
        List<Tick> inTime = new ArrayList<>();
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < 12; tick++) {
                inTime.add(new Tick("a", tick, tick == 9 ? 100 : tick));
                operator.tick("a", tick, tick);
            }
            operator.tick("a", 9, 100);
            operator.tick("a", 12, 12);
            inTime.add(new Tick("a", 12, 12));
            operator.flink().endInput();

            List<Forecast> forecasts = operator.forecasts();
            assertThat(forecasts).hasSize(13);
            ForecastCheck.assertSame(forecasts.get(12), offline(inTime).get(12));
            assertThat(operator.counts().lateRevised.getCount()).isEqualTo(1);
        }
    }

    @Test
    void lateReadingsJoinTheMeanOfTheirTick() throws Exception {
        List<Tick> whole = new ArrayList<>();
        try (OperatorHarness operator = OperatorHarness.ofMeans(SETTINGS)) {
            for (int tick = 0; tick < 12; tick++) {
                whole.add(new Tick("a", tick, tick == 9 ? 40 : tick));
                operator.tick("a", tick, tick);
            }
            // The mean of 9, 51 and 60.
            operator.tick("a", 9, 51);
            operator.tick("a", 9, 60);
            operator.tick("a", 12, 12);
            whole.add(new Tick("a", 12, 12));
            operator.flink().endInput();

            ForecastCheck.assertSame(operator.forecasts().get(12), offline(whole).get(12));
            assertThat(operator.counts().lateRevised.getCount()).isEqualTo(2);
        }
    }

    @Test
    void aTickOlderThanTheContextIsCountedAndChangesNothing() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < 2 * RING; tick++) {
                operator.tick("a", tick, tick);
            }
            operator.tick("a", 3, 1e6);
            operator.tick("a", 2L * RING, 2 * RING);
            operator.flink().endInput();

            List<Tick> without = new ArrayList<>();
            for (int tick = 0; tick <= 2 * RING; tick++) {
                without.add(new Tick("a", tick, tick));
            }
            assertThat(operator.counts().lateTooOld.getCount()).isEqualTo(1);
            ForecastCheck.assertSame(
                    operator.forecasts().get(2 * RING), offline(without).get(2 * RING));
        }
    }

    @Test
    void aGapOfTheLengthOfTheRingStartsAnew() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            for (int tick = 0; tick < T; tick++) {
                operator.tick("a", tick, tick);
            }
            operator.tick("a", T + RING, 5);
            operator.flink().endInput();

            Forecast last = operator.forecasts().get(T);
            assertThat(last.quality()).isEqualTo(ForecastQuality.WARMING_UP);
            assertThat(last.observedTicks()).isEqualTo(1);
            assertThat(operator.counts().restarts.getCount()).isEqualTo(1);
        }
    }

    @Test
    void theOperatorReportsHowItBatches() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(SETTINGS)) {
            operator.tick("a", 0, 1);
            operator.tick("b", 0, 1);
            operator.tick("c", 0, 1);
            operator.tick("a", 1, 1);
            operator.endOf(1);

            ForecastMetrics counts = operator.counts();
            assertThat(counts.microBatchSize.getStatistics().getMax()).isEqualTo(3);
            assertThat(counts.microBatchSize.getStatistics().getMin()).isEqualTo(1);
            assertThat(counts.modelRunMicros.getCount()).isEqualTo(2);
            assertThat(counts.fallbackForecasts.getCount()).isZero();
        }
    }

    @Test
    void anAnswerThatIsNoNumberIsAFallbackAndCounted() throws Exception {
        int ticks = 60;
        try (OperatorHarness operator =
                OperatorHarness.open(
                        TestModels.brittle(), SETTINGS, new HashMapStateBackend(), null, 1, 0)) {
            for (int tick = 0; tick < ticks; tick++) {
                operator.tick("bad", tick, TestModels.peak(tick));
                operator.tick("good", tick, TestModels.wave(tick));
            }
            operator.flink().endInput();

            List<Forecast> forecasts = operator.forecasts();
            Forecast fallback = forecasts.get(2 * ticks - 2);
            assertThat(fallback.quality()).isEqualTo(ForecastQuality.FALLBACK);
            assertThat(fallback.mean()).containsOnly(TestModels.peak(ticks - 1));
            assertThat(forecasts.get(2 * ticks - 1).quality()).isEqualTo(ForecastQuality.OK);
            assertThat(operator.counts().fallbackForecasts.getCount())
                    .isEqualTo(
                            forecasts.stream()
                                    .filter(each -> each.quality() == ForecastQuality.FALLBACK)
                                    .count());
        }
    }

    @Test
    void aModelThatCannotBeOpenedFailsTheTaskInItsOwnWords() {
        assertThatThrownBy(
                        () ->
                                OperatorHarness.open(
                                        new byte[] {1, 2, 3},
                                        SETTINGS,
                                        new HashMapStateBackend(),
                                        null,
                                        1,
                                        0))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("the given 3 bytes are not an ONNX file");
    }

    @Test
    void onlyWhatIsSelectedIsEmitted() throws Exception {
        ForecastOperatorSettings settings =
                SETTINGS.withEmitted(new ForecastSelection(1, List.of(0.5)));
        try (OperatorHarness operator = OperatorHarness.open(settings)) {
            operator.tick("a", 0, 1);
            operator.flink().processWatermark(Watermark.MAX_WATERMARK);

            assertThat(operator.forecasts())
                    .singleElement()
                    .satisfies(
                            forecast -> {
                                assertThat(forecast.horizon()).isEqualTo(1);
                                assertThat(forecast.quantileLevels()).containsExactly(0.5);
                            });
        }
        assertThat(TestModels.STREAMING.horizon()).isGreaterThan(1);
    }
}
