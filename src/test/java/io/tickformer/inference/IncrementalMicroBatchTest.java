package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forecast costs in each situation; that it is right is {@link IncrementalPropertyTest}. */
final class IncrementalMicroBatchTest {
    /** P = 4, W = 3, L = 2: T = 20. */
    private static final ForecastSpec SPEC = TestSpecs.streaming(60_000, 4, 3, 5, 2, 16, 2, 16);

    private static final ForecastModel MODEL =
            ForecastModel.open(TestModels.transformer(SPEC, 6), ExecutionProvider.CPU);

    @AfterAll
    static void close() {
        MODEL.close();
    }

    private static SideBySide forecasters(int capacity) {
        return new SideBySide(MODEL, capacity, 3);
    }

    private static double value(long tick) {
        return Math.sin((double) tick) + 0.01 * tick;
    }

    private static void observe(SideBySide forecasters, long from, long end) {
        for (long tick = from; tick < end; tick++) {
            forecasters.observe("series", tick, value(tick));
            forecasters.compare();
        }
    }

    @Test
    void aSeriesThatBeginsNeverRecomputesItsContext() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 100, 150);

            assertThat(forecasters.cache().hits()).isEqualTo(50);
            assertThat(forecasters.cache().misses()).isZero();
        }
    }

    @Test
    void aGapShorterThanAPatchIsCaughtUpWith() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 40);
            observe(forecasters, 43, 60);

            assertThat(forecasters.cache().catchUps()).isEqualTo(3);
            assertThat(forecasters.cache().hits()).isEqualTo(40 + 17);
            assertThat(forecasters.cache().misses()).isZero();
        }
    }

    @Test
    void aGapOfTwoTokensOfAPhaseIsCaughtUpWith() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 40);
            observe(forecasters, 47, 60);

            assertThat(forecasters.cache().catchUps()).isEqualTo(7);
            assertThat(forecasters.cache().misses()).isZero();
        }
    }

    @Test
    void rowsThatAreGivenUpRepeatTheLastValueAndTheNextOnesFillTheCacheAnew() {
        try (MicroBatch batch =
                        MODEL.newIncrementalMicroBatch(
                                2, ForecastSelection.ALL, SideBySide.roomFor(SPEC, 3));
                MicroBatch whole = MODEL.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(SPEC);
            for (long tick = 0; tick < 50; tick++) {
                context.update(tick, value(tick));
                batch.add("series", context);
                if (tick == 30) {
                    batch.giveUp();
                    batch.add("other", context);
                }
                batch.run();
                Forecast forecast = batch.forecast(0, "series");
                if (tick == 30) {
                    assertThat(forecast.quality()).isEqualTo(ForecastQuality.FALLBACK);
                    assertThat(forecast.mean()).containsOnly(value(tick));
                    assertThat(batch.forecast(1, "other").quantiles())
                            .isEqualTo(forecast.quantiles());
                } else {
                    whole.add(context);
                    whole.run();
                    ForecastCheck.assertSame(forecast, whole.forecast(0, "series"));
                    whole.clear();
                }
                batch.clear();
            }
            assertThat(batch.cache().misses()).isEqualTo(4);
        }
    }

    @Test
    void aLongerGapFillsEachPhaseAnew() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 40);
            observe(forecasters, 48, 60);

            assertThat(forecasters.cache().catchUps()).isZero();
            assertThat(forecasters.cache().misses()).isEqualTo(4);
        }
    }

    @Test
    void aGapLongerThanTheContextIsABeginning() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 40);
            observe(forecasters, 41 + SPEC.ringTicks(), 130);

            assertThat(forecasters.cache().misses()).isZero();
        }
    }

    @Test
    void aRevisionFillsEachPhaseAnew() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 40);
            forecasters.revise("series", 35, 7);
            observe(forecasters, 40, 60);

            assertThat(forecasters.cache().misses()).isEqualTo(4);
            assertThat(forecasters.cache().hits()).isEqualTo(40 + 16);
        }
    }

    @Test
    void aRevisionBeforeTheFirstTickMovesTheBeginning() {
        try (SideBySide forecasters = forecasters(1)) {
            observe(forecasters, 0, 7);
            forecasters.revise("series", -3, 7);
            observe(forecasters, 7, 40);

            assertThat(forecasters.largestDifference()).isPositive();
        }
    }

    @Test
    void theSameTickTwiceIsForecastTwice() {
        try (SideBySide forecasters = forecasters(2)) {
            observe(forecasters, 0, 30);
            forecasters.passOver("series", 29);
            forecasters.passOver("series", 29);
            forecasters.compare();

            assertThat(forecasters.cache().hits() + forecasters.cache().misses()).isEqualTo(32);
        }
    }

    @Test
    void aSeriesMayBeAddedAtManyTicksToOneMicroBatch() {
        try (SideBySide forecasters = forecasters(64)) {
            for (long tick = 0; tick < 64; tick++) {
                forecasters.observe("series", tick, value(tick));
            }
            forecasters.compare();

            assertThat(forecasters.cache().hits()).isEqualTo(64);
        }
    }

    /** In the order of their entries, and in every other. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6})
    void seriesAreForecastInAnyOrder(int stride) {
        int series = 7;
        try (SideBySide forecasters = new SideBySide(MODEL, series, series)) {
            for (long tick = 0; tick < 60; tick++) {
                for (int i = 0; i < series; i++) {
                    int turn = tick == 0 ? i : i * stride % series;
                    forecasters.observe("series" + turn, tick, value(tick + 100L * turn));
                }
                forecasters.compare();
            }

            assertThat(forecasters.cache().hits()).isEqualTo(60L * series);
        }
    }

    @Test
    void aMicroBatchThatIsClearedBeforeItRanIsPartOfTheCache() {
        SeriesContext context = SeriesContext.of(SPEC);
        try (MicroBatch cleared = incremental(4);
                MicroBatch full = MODEL.newMicroBatch(1, ForecastSelection.ALL)) {
            for (long tick = 0; tick < 50; tick++) {
                context.update(tick, value(tick));
                cleared.clear();
                cleared.add("series", context);
            }
            cleared.run();
            full.add(context);
            full.run();

            assertThat(cleared.cache().hits()).isEqualTo(50);
            assertThat(cleared.forecast(0, "s").quantiles())
                    .usingComparatorWithPrecision(1e-5)
                    .containsExactly(full.forecast(0, "s").quantiles());
        }
    }

    @Test
    void aContextOfNoSeriesIsComputedForItself() {
        SeriesContext context = SeriesContext.of(SPEC);
        try (MicroBatch batch = incremental(1)) {
            context.update(0, 1);
            batch.add(context);
            batch.run();

            assertThat(batch.cache().misses()).isEqualTo(1);
            assertThat(batch.cache().series()).isZero();
        }
    }

    private static MicroBatch incremental(int capacity) {
        return MODEL.newIncrementalMicroBatch(
                capacity, ForecastSelection.ALL, SideBySide.roomFor(SPEC, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {10_000_000, 1_000_000_000_000L, -10_000_001})
    void aStreamOfAnotherTimeHasTheSameForecasts(long later) {
        List<Forecast> first = forecasts(0);
        List<Forecast> second = forecasts(later);
        for (int i = 0; i < first.size(); i++) {
            double[] expected = first.get(i).quantiles();
            double[] actual = second.get(i).quantiles();
            for (int j = 0; j < expected.length; j++) {
                assertThat(actual[j]).isEqualTo(expected[j], within(1e-5));
            }
        }
    }

    private static List<Forecast> forecasts(long start) {
        List<Forecast> forecasts = new ArrayList<>();
        SeriesContext context = SeriesContext.of(SPEC);
        Random random = new Random(1);
        try (MicroBatch batch = incremental(1)) {
            for (long tick = start; tick < start + 100; tick++) {
                if (tick > start && random.nextInt(6) == 0) {
                    continue;
                }
                context.update(tick, random.nextGaussian());
                batch.add("series", context);
                batch.run();
                forecasts.add(batch.forecast(0, "series"));
                batch.clear();
            }
        }
        return forecasts;
    }

    @Test
    void aMicroBatchWithoutRoomIsRefused() {
        assertThatThrownBy(() -> incremental(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the capacity of a micro-batch is 0; expected at least 1");
    }
}
