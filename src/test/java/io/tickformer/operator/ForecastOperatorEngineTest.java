package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator computes the same forecasts from its cache as from whole contexts. */
final class ForecastOperatorEngineTest {
    private static final int SERIES = 12;
    private static final ForecastOperatorSettings SETTINGS = OperatorHarness.UNCHANGED;

    /** The same spec with other weights. */
    private static final byte[] OTHER = TestModels.transformer(TestModels.STREAMING, 78);

    private static long bytesOf(int series) {
        try (ForecastModel model =
                ForecastModel.open(OperatorHarness.MODEL, ExecutionProvider.CPU)) {
            return series * model.cacheBytesPerSeries();
        }
    }

    private static ForecastOperatorSettings incremental(int slots) {
        return SETTINGS.withEngine(EvaluationMode.INCREMENTAL, bytesOf(slots));
    }

    /** Ticks of several series, with gaps and late revisions. */
    private static List<Tick> traffic() {
        Random random = new Random(5);
        List<Tick> traffic = new ArrayList<>();
        for (long tick = 0; tick < 4L * OperatorHarness.T; tick++) {
            for (int series = 0; series < SERIES; series++) {
                String name = "s" + series;
                if (random.nextInt(8) > 0) {
                    traffic.add(new Tick(name, tick, series + random.nextGaussian()));
                }
                if (random.nextInt(40) == 0 && tick > 3) {
                    traffic.add(new Tick(name, tick - 3, random.nextGaussian()));
                }
            }
        }
        return traffic;
    }

    private static List<Forecast> forecasts(ForecastOperatorSettings settings) throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(settings)) {
            operator.ticks(traffic());
            operator.flink().endInput();
            return operator.forecasts();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, SERIES / 2, SERIES})
    void theForecastsAreThoseOfWholeContextsHoweverManySeriesAreCached(int slots) throws Exception {
        List<Forecast> full = forecasts(SETTINGS.withEngine(EvaluationMode.FULL, 0));

        List<Forecast> incremental = forecasts(incremental(slots));

        assertThat(incremental).hasSameSizeAs(full);
        for (int i = 0; i < full.size(); i++) {
            ForecastCheck.assertSame(incremental.get(i), full.get(i));
        }
    }

    @Test
    void theCacheTakesItsShareOfManagedMemoryAndGivesItBack() throws Exception {
        OperatorHarness operator = OperatorHarness.open(SETTINGS);
        try (operator) {
            operator.ticks(traffic());
            operator.flink().endInput();
        }

        assertThat(operator.flink().getEnvironment().getMemoryManager().verifyEmpty()).isTrue();
    }

    @Test
    void tenThousandSeriesThatEndATickAtOnceGoThroughInMicroBatches() throws Exception {
        try (OperatorHarness operator = OperatorHarness.open(incremental(100))) {
            for (int series = 0; series < 10_000; series++) {
                operator.tick("s" + series, 0, series);
                // What has not come out waits in the micro-batch, and no more than that.
                assertThat(series + 1 - operator.flink().getOutput().size())
                        .isLessThan(SETTINGS.microBatch().size());
            }
            operator.endOf(0);

            assertThat(operator.counts().forecasts.getCount()).isEqualTo(10_000);
            assertThat(operator.counts().microBatchSize.getStatistics().getMax())
                    .isEqualTo(SETTINGS.microBatch().size());
        }
    }

    @Test
    void aCacheWithoutRoomIsRefusedWhereTheModeIsIncrementalOnly() throws Exception {
        ForecastOperatorSettings settings = SETTINGS.withEngine(EvaluationMode.INCREMENTAL, 10);

        assertThatThrownBy(() -> OperatorHarness.open(settings))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("its cache of 10 bytes has room for no series")
                .hasMessageContaining("forecast.cache-memory");
        assertThat(forecasts(SETTINGS.withEngine(EvaluationMode.AUTO, 10))).isNotEmpty();
    }

    @Test
    void aModelThatNeedsItsWholeContextIsComputedInFull() throws Exception {
        byte[] vanilla = TestModels.transformer(TestModels.VANILLA, 3);

        try (OperatorHarness operator =
                OperatorHarness.open(vanilla, SETTINGS, new HashMapStateBackend(), null, 1, 0)) {
            operator.tick("a", 0, 1);
            operator.flink().endInput();
            assertThat(operator.forecasts()).hasSize(1);
        }
        assertThatThrownBy(
                        () ->
                                OperatorHarness.open(
                                        vanilla,
                                        SETTINGS.withEngine(EvaluationMode.INCREMENTAL, 1 << 20),
                                        new HashMapStateBackend(),
                                        null,
                                        1,
                                        0))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("mode is incremental, but model")
                .hasMessageContaining("depends on the whole context");
    }

    @Test
    void incrementalEvaluationWithoutManagedMemoryIsRefusedWithWhatToDeclare() {
        ForecastOperatorSettings settings =
                SETTINGS.withEngine(EvaluationMode.INCREMENTAL, EngineSettings.MANAGED_MEMORY);

        try (ForecastModel model =
                        ForecastModel.open(OperatorHarness.MODEL, ExecutionProvider.CPU);
                CacheMemory none = CacheMemory.ofOwn(0)) {
            assertThatThrownBy(() -> ForecastEngine.newMicroBatch(settings, model, none))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("the operator has no managed memory for its cache")
                    .hasMessageContaining("declareManagedMemoryUseCaseAtOperatorScope");
        }
    }

    @Test
    void anotherModelIsExchangedAtAFlushAndForecastsFromTheSameContexts() throws Exception {
        List<Tick> traffic = traffic();
        int half = traffic.size() / 2;
        List<Forecast> before = forecasts(incremental(SERIES));
        List<Forecast> after;
        try (OperatorHarness operator =
                OperatorHarness.open(
                        OTHER, incremental(SERIES), new HashMapStateBackend(), null, 1, 0)) {
            operator.ticks(traffic);
            operator.flink().endInput();
            after = operator.forecasts();
        }
        try (OperatorHarness operator = OperatorHarness.open(incremental(SERIES))) {
            operator.ticks(traffic.subList(0, half));
            operator.exchangeModel(OTHER);
            int exchanged = operator.forecasts().size();
            operator.ticks(traffic.subList(half, traffic.size()));
            operator.flink().endInput();

            List<Forecast> all = operator.forecasts();
            assertThat(exchanged).isBetween(1, all.size() - 1);
            assertThat(all).hasSameSizeAs(before);
            for (int i = 0; i < all.size(); i++) {
                ForecastCheck.assertSame(all.get(i), i < exchanged ? before.get(i) : after.get(i));
            }
        }
    }

    @Test
    void aModelOfAnotherSpecIsRefusedAndTheRunningOneGoesOn() throws Exception {
        byte[] vanilla = TestModels.transformer(TestModels.VANILLA, 3);
        try (OperatorHarness operator = OperatorHarness.open(incremental(SERIES))) {
            operator.tick("a", 0, 1);

            assertThatThrownBy(() -> operator.exchangeModel(vanilla))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("the new model has the spec");

            operator.tick("a", 1, 2);
            operator.endOf(1);
            assertThat(operator.output()).containsExactly("a@0", "a@1", "watermark 1");
        }
    }
}
