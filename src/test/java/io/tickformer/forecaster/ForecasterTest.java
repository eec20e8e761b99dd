package io.tickformer.forecaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Anomaly;
import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.TickAggregate;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.SpecException;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many series in a program without Flink. */
final class ForecasterTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 77);
    private static final long TICK = TestModels.STREAMING.tickMillis();
    private static final long START = 1_000 * TICK;

    private static double value(long tick) {
        return 20 + 5 * TestModels.wave(tick);
    }

    private static List<Forecast> pushed(Forecaster forecaster, String series, int from, int to) {
        List<Forecast> forecasts = new ArrayList<>();
        for (int tick = from; tick < to; tick++) {
            forecasts.addAll(forecaster.push(series, START + tick * TICK, value(tick)));
        }
        return forecasts;
    }

    @Test
    void aTickIsForecastWhenAReadingOfALaterOneComes(@TempDir Path folder) throws IOException {
        Path model = Files.write(folder.resolve("model.onnx"), MODEL);
        try (Forecaster forecaster = Forecaster.open(model)) {
            assertThat(forecaster.push("a", START, 1)).isEmpty();
            assertThat(forecaster.push("a", START + 5, 2)).isEmpty();
            List<Forecast> first = forecaster.push("a", START + TICK, 3);

            assertThat(first).extracting(Forecast::tickIndex).containsExactly(1_000L);
            assertThat(first.get(0).quality()).isEqualTo(ForecastQuality.WARMING_UP);
            assertThat(pushed(forecaster, "a", 2, 30)).hasSize(28);
            assertThat(forecaster.push("b", START, 1)).isEmpty();
            assertThat(forecaster.size()).isEqualTo(2);
            assertThat(forecaster.cache().hits()).isPositive();
        }
    }

    @Test
    void aTickWaitsForTheOutOfOrdernessAndTakesItsLateReadings() {
        try (Forecaster forecaster =
                        Forecaster.builder(MODEL).outOfOrderness(Duration.ofSeconds(30)).build();
                Forecaster inOrder = Forecaster.builder(MODEL).build()) {
            assertThat(forecaster.push("a", START, 1)).isEmpty();
            assertThat(forecaster.push("a", START + TICK + 29_000, 5)).isEmpty();
            assertThat(forecaster.push("a", START + TICK - 1, 3)).isEmpty();
            List<Forecast> forecasts = forecaster.push("a", START + TICK + 30_000, 5);

            inOrder.push("a", START, 1);
            inOrder.push("a", START + TICK - 1, 3);
            assertThat(forecasts).isEqualTo(inOrder.push("a", START + TICK, 5)).hasSize(1);
        }
    }

    @Test
    void timeThatPassesEndsTheTicksOfAllSeriesAndForgetsSilentOnes() {
        try (Forecaster forecaster = Forecaster.builder(MODEL).lanes(3).maxSeries(8).build()) {
            for (int series = 7; series >= 0; series--) {
                forecaster.push("s" + series, START, series);
            }
            assertThat(forecaster.advanceTo(START + TICK - 2)).isEmpty();
            assertThat(forecaster.advanceTo(START + TICK - 1))
                    .extracting(Forecast::series)
                    .containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6", "s7");
            assertThatThrownBy(() -> forecaster.push("s8", START + TICK, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("series s8 would be one more than maxSeries, 8")
                    .hasMessageContaining("call advanceTo");

            forecaster.push("s3", START + TICK, 1);
            assertThat(forecaster.remove("s3")).isTrue();
            assertThat(forecaster.remove("s3")).isFalse();
            assertThat(forecaster.size()).isEqualTo(7);
            forecaster.advanceTo(START + 1_000 * TICK);
            assertThat(forecaster.size()).isZero();
            assertThat(forecaster.push("s8", START + 1_001 * TICK, 1)).isEmpty();
        }
    }

    @Test
    void whatIsNoReadingIsDroppedAndTheSeriesGoesOn() {
        try (Forecaster forecaster = Forecaster.builder(MODEL).build();
                Forecaster clean = Forecaster.builder(MODEL).build()) {
            List<Forecast> forecasts = new ArrayList<>();
            for (int tick = 0; tick < 40; tick++) {
                forecasts.addAll(pushed(forecaster, "a", tick, tick + 1));
                assertThat(forecaster.push("a", START + tick * TICK, Double.NaN)).isEmpty();
                assertThat(forecaster.push("a", Long.MAX_VALUE, 1)).isEmpty();
                assertThat(forecaster.push("a", Long.MIN_VALUE, 1)).isEmpty();
                assertThat(forecaster.push("a", START, Double.POSITIVE_INFINITY)).isEmpty();
                if (tick > 0) { // The context has begun.
                    assertThat(forecaster.push("a", START - 500 * TICK, 1)).isEmpty();
                }
            }
            assertThat(forecasts).isEqualTo(pushed(clean, "a", 0, 40)).hasSize(39);
            assertThat(forecaster.droppedReadings()).isEqualTo(160);
            assertThat(forecaster.lateReadings()).isEqualTo(39);
        }
    }

    @Test
    void oneReadingFromAnotherYearTakesNoForecastFromItsSeries() {
        try (Forecaster forecaster = Forecaster.builder(MODEL).build()) {
            pushed(forecaster, "a", 0, 40);
            forecaster.push("a", START + 500_000 * TICK, 7);

            assertThat(pushed(forecaster, "a", 40, 60))
                    .extracting(Forecast::tickIndex)
                    .contains(1_040L, 1_058L)
                    .hasSizeGreaterThanOrEqualTo(19);
            assertThat(forecaster.lateReadings()).isZero();
        }
    }

    @Test
    void readingsAheadOfTheClockAreDroppedIfTheClockIsAsked() {
        Instant now = Instant.ofEpochMilli(START + 50 * TICK);
        try (Forecaster forecaster =
                Forecaster.builder(MODEL).maxAhead(Duration.ofMinutes(1), () -> now).build()) {
            pushed(forecaster, "a", 0, 40);
            for (int i = 0; i < 3; i++) {
                assertThat(forecaster.push("a", START + (500_000 + i) * TICK, 7)).isEmpty();
            }
            assertThat(forecaster.droppedReadings()).isEqualTo(3);
            assertThat(pushed(forecaster, "a", 40, 60)).hasSize(12); // Up to a tick ahead.
        }
    }

    @Test
    void absurdValuesGiveFiniteForecasts() {
        try (Forecaster forecaster = Forecaster.builder(MODEL).build()) {
            double[] scales = {1, 1e12, -1e12, 1e-9, 0, 1e300, -1e300, Double.MIN_VALUE};
            for (int tick = 0; tick < 200; tick++) {
                double value = value(tick) * scales[tick * 31 % 13 % scales.length];
                for (Forecast each : forecaster.push("a", START + tick * TICK, value)) {
                    for (double quantile : each.quantiles()) {
                        assertThat(quantile).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void aForecasterThatWasSavedGoesOnAsIfItHadNotStopped() throws IOException {
        try (Forecaster whole = Forecaster.builder(MODEL).mode(EvaluationMode.FULL).build();
                Forecaster before = Forecaster.builder(MODEL).mode(EvaluationMode.FULL).build()) {
            for (String series : List.of("a", "ä/b", "")) {
                pushed(whole, series, 0, 90);
                pushed(before, series, 0, 90);
            }
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            before.save(saved);
            try (Forecaster after =
                    Forecaster.builder(MODEL)
                            .mode(EvaluationMode.FULL)
                            .lanes(2)
                            .restore(new ByteArrayInputStream(saved.toByteArray()))) {
                assertThat(after.size()).isEqualTo(3);
                for (String series : List.of("a", "ä/b", "")) {
                    assertThat(pushed(after, series, 90, 150))
                            .isEqualTo(pushed(whole, series, 90, 150))
                            .hasSize(60);
                }
            }
            byte[] other =
                    TestModels.transformer(TestModels.STREAMING.withTickMillis(3_600_000), 77);
            assertThatThrownBy(
                            () ->
                                    Forecaster.builder(other)
                                            .restore(new ByteArrayInputStream(saved.toByteArray())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the state of a series has ticks of 60000 ms")
                    .hasMessageContaining("expected ticks of 3600000 ms");
        }
    }

    @Test
    void theSameForecastsComeWithAndWithoutACacheAndLanes() {
        List<Forecast> expected = forecasts(Forecaster.builder(MODEL).mode(EvaluationMode.FULL));

        ForecastCheck.assertSame(forecasts(Forecaster.builder(MODEL)), expected);
        ForecastCheck.assertSame(forecasts(Forecaster.builder(MODEL).lanes(4)), expected);
        ForecastCheck.assertSame(forecasts(Forecaster.builder(MODEL).cacheBytes(0)), expected);
        ForecastCheck.assertSame(forecasts(Forecaster.builder(MODEL).cacheBytes(9_000)), expected);
    }

    private static List<Forecast> forecasts(ForecasterBuilder builder) {
        try (Forecaster forecaster = builder.mixed(false).calibrated(false).build()) {
            List<Forecast> all = new ArrayList<>();
            for (int tick = 0; tick < 60; tick++) {
                for (int series = 0; series < 5; series++) {
                    all.addAll(pushed(forecaster, "s" + series, tick, tick + 1));
                }
            }
            return all;
        }
    }

    @Test
    void threadsThatPushAtOnceGetTheForecastsOfOneThread() throws Exception {
        List<Forecast> all = Collections.synchronizedList(new ArrayList<>());
        try (Forecaster forecaster =
                Forecaster.builder(MODEL)
                        .mode(EvaluationMode.FULL)
                        .lanes(2)
                        .readingsPerTick(2)
                        .build()) {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                // Two threads on each series: each tick gets one reading from each of them.
                List<Future<?>> running = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    String series = "s" + thread / 2;
                    running.add(
                            threads.submit(
                                    () -> {
                                        for (int tick = 0; tick < 50; tick++) {
                                            all.addAll(
                                                    forecaster.push(
                                                            series, START + tick * TICK, 3));
                                        }
                                    }));
                }
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }
            all.addAll(forecaster.advanceTo(Long.MAX_VALUE));
        }
        for (String series : List.of("s0", "s1")) {
            assertThat(all.stream().filter(each -> each.series().equals(series)))
                    .extracting(Forecast::tickIndex)
                    .doesNotHaveDuplicates()
                    .contains(1_049L);
        }
    }

    @Test
    void theChannelsOfARecordAreForecastTogether() {
        byte[] model = TestModels.transformer(TestModels.CHANNELS, 3);
        try (Forecaster forecaster = Forecaster.builder(model).build()) {
            forecaster.push("m/power", START, 1);
            forecaster.push("m/voltage", START + 1, 230);
            List<Forecast> forecasts = forecaster.push("m/power", START + TICK, 2);

            assertThat(forecasts)
                    .extracting(Forecast::series)
                    .containsExactly("m/power", "m/voltage");
            assertThat(forecaster.size()).isEqualTo(1);
            assertThatThrownBy(() -> forecaster.push("m/heat", START, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("series m/heat belongs to none of the channels");
        }
    }

    @Test
    void optionsSelectWhatAForecastHas() {
        try (Forecaster forecaster =
                Forecaster.builder(MODEL).horizon(2).quantileLevels(0.1, 0.9).build()) {
            Forecast forecast = pushed(forecaster, "a", 0, 20).get(0);

            assertThat(forecast.horizon()).isEqualTo(2);
            assertThat(forecast.quantileLevels()).containsExactly(0.1, 0.9);
            assertThat(forecaster.spec()).isEqualTo(TestModels.STREAMING);
        }
    }

    @Test
    void unusualTicksAreReportedIfTheyAreAskedFor() {
        List<Anomaly> anomalies = new ArrayList<>();
        try (Forecaster forecaster = Forecaster.builder(MODEL).onAnomaly(anomalies::add).build()) {
            for (int tick = 0; tick < 400; tick++) {
                double spike = tick == 380 ? 1_000 : 0;
                forecaster.push("a", START + tick * TICK, value(tick) + spike);
            }
        }
        assertThat(anomalies).extracting(Anomaly::tickIndex).contains(1_380L);
    }

    @Test
    void whatIsWrongWithAnOptionIsSaidWithWhatIsExpected(@TempDir Path folder) {
        assertThatThrownBy(() -> Forecaster.open(folder.resolve("none.onnx")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("none.onnx: there is no such file; expected an ONNX model");
        assertThatThrownBy(() -> Forecaster.builder(new byte[] {1, 2}).build())
                .isInstanceOf(InferenceException.class);
        assertThatThrownBy(() -> Forecaster.builder(MODEL).horizon(5).build())
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("5 horizon steps are asked for; the model forecasts 4");
        assertThatThrownBy(() -> Forecaster.builder(MODEL).quantileLevels(0.3).build())
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("quantile level 0.3 is asked for");
        assertThatThrownBy(() -> Forecaster.builder(MODEL).aggregate(TickAggregate.SUM).build())
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("which the model was trained on");
        assertThatThrownBy(() -> Forecaster.builder(MODEL).emptyTicks(EmptyTickPolicy.LAST).build())
                .isInstanceOf(SpecException.class);
        assertThatThrownBy(() -> Forecaster.builder(MODEL).outOfOrderness(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("outOfOrderness is PT-0.001S; expected zero or more");
        assertThatThrownBy(() -> Forecaster.builder(MODEL).expiryTicks(3).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expiryTicks is 3; expected 0, or at least the model's ring");
        assertThatThrownBy(() -> Forecaster.builder(MODEL).lanes(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lanes is 0; expected at least 1");
        assertThatThrownBy(
                        () ->
                                Forecaster.builder(MODEL)
                                        .mode(EvaluationMode.INCREMENTAL)
                                        .cacheBytes(10)
                                        .build())
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("set cacheBytes to a multiple of it");
        Forecaster closed = Forecaster.builder(MODEL).build();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.push("a", START, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the forecaster is closed");
    }
}
