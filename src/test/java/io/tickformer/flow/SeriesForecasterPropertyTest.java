package io.tickformer.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.EmptyTickPolicy;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.forecaster.SeriesEngine;
import io.tickformer.forecaster.SeriesForecaster;
import io.tickformer.forecaster.SeriesOptions;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.operator.LiveFeedbackSettings;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.TestModels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * A series alone in memory gets the forecasts that the windows and the operator of a job give it,
 * bit for bit where both run the same graph, whatever readings and watermarks come.
 */
final class SeriesForecasterPropertyTest {
    private static final int SERIES = 3;
    private static final long START = 10_000;

    /** A stream: readings, and watermarks, for which the reading is null. */
    private record Step(Observation reading, long watermark) {}

    /** The settings of both sides. */
    private record Setup(
            ForecastSpec spec,
            Duration outOfOrderness,
            int readings,
            int silentTicks,
            FeedbackSettings feedback,
            EvaluationMode mode) {
        static Setup of(SplittableRandom random, EvaluationMode mode) {
            TickAggregate aggregate = pick(random, TickAggregate.values());
            EmptyTickPolicy empty = pick(random, EmptyTickPolicy.values());
            return new Setup(
                    TestModels.STREAMING.withTickMeaning(new TickMeaning(aggregate, empty)),
                    Duration.ofSeconds(random.nextInt(200)),
                    random.nextInt(4) == 0 ? 2 : 0,
                    random.nextInt(2) * random.nextInt(6),
                    random.nextBoolean() ? FeedbackSettings.DEFAULT : FeedbackSettings.NONE,
                    mode);
        }

        private static <T> T pick(SplittableRandom random, T[] from) {
            return List.of(from).get(random.nextInt(from.length));
        }

        byte[] onnx() {
            return TestModels.transformer(spec, 77);
        }

        FlowHarness job() throws Exception {
            return FlowHarness.open(
                    ForecastPipeline.ofTested(onnx(), null, spec)
                            .withSettings(
                                    ForecastOperatorSettings.DEFAULT
                                            .withTicks(outOfOrderness, readings)
                                            .withSilentTicks(silentTicks)
                                            .withEngine(mode, 1 << 20)
                                            .withMicroBatch(1, Duration.ofSeconds(1))
                                            .withFeedback(
                                                    LiveFeedbackSettings.DEFAULT.withParts(
                                                            feedback))));
        }

        SeriesEngine engine() {
            return SeriesEngine.open(
                    onnx(),
                    null,
                    ExecutionProvider.CPU,
                    SeriesOptions.DEFAULT
                            .withOutOfOrderness(outOfOrderness)
                            .withReadings(readings)
                            .withSilence(0, silentTicks)
                            .withCache(mode, 1 << 20)
                            .withFeedback(feedback),
                    FeedbackListener.NONE);
        }
    }

    /** Readings of one series at a tick: none, one, or several, some of them strange. */
    private static void readings(
            SplittableRandom random, int series, long tick, long millis, List<Step> to) {
        int count = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            long time = tick * millis + random.nextLong(millis);
            double value = 20 + 5 * Math.sin(0.3 * tick) + random.nextGaussian();
            switch (random.nextInt(40)) {
                case 0 -> value = 1e12;
                case 1 -> value = -1e12;
                case 2 -> value = 1e-9;
                case 3 -> value = 0;
                case 4, 5, 6 -> time -= random.nextLong(4 * millis);
                case 7 -> time -= 30 * millis;
                case 8 -> time += random.nextLong(480 * millis);
                default -> {}
            }
            to.add(new Step(new Observation("s" + series, time, value), 0));
        }
    }

    /** A stream of several series with watermarks that follow, leap, and stand still. */
    private static List<Step> stream(SplittableRandom random, long millis) {
        List<Step> stream = new ArrayList<>();
        long tick = START;
        long watermark = Long.MIN_VALUE;
        for (int i = 0; i < 150; i++) {
            for (int series = 0; series < SERIES; series++) {
                readings(random, series, tick, millis, stream);
            }
            if (random.nextInt(3) > 0) {
                long lag = random.nextInt(5) == 0 ? random.nextLong(3 * millis) : millis / 2;
                watermark = Math.max(watermark, tick * millis - lag); // Flink's never goes back.
                stream.add(new Step(null, watermark));
            }
            tick += random.nextInt(30) == 0 ? random.nextInt(60) : 1;
        }
        stream.add(new Step(null, Long.MAX_VALUE));
        return stream;
    }

    private static Map<String, List<Forecast>> bySeries(List<Forecast> forecasts) {
        Map<String, List<Forecast>> by = new LinkedHashMap<>();
        for (int series = 0; series < SERIES; series++) {
            by.put("s" + series, new ArrayList<>());
        }
        forecasts.forEach(each -> by.get(each.series()).add(each));
        return by;
    }

    private static List<Forecast> ofJob(Setup setup, List<Step> stream) throws Exception {
        try (FlowHarness job = setup.job()) {
            for (Step step : stream) {
                if (step.reading() != null) {
                    job.reading(step.reading());
                } else if (step.watermark() == Long.MAX_VALUE) {
                    job.end();
                } else {
                    job.watermark(step.watermark());
                }
            }
            return job.forecasts();
        }
    }

    /** What happens to a series between two steps. */
    private interface Between {
        SeriesForecaster pass(SeriesForecaster series, SeriesEngine engine) throws IOException;
    }

    private static List<Forecast> alone(Setup setup, List<Step> stream, Between between)
            throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        try (SeriesEngine engine = setup.engine()) {
            Map<String, SeriesForecaster> all = new LinkedHashMap<>();
            for (int series = 0; series < SERIES; series++) {
                all.put("s" + series, new SeriesForecaster("s" + series, engine));
            }
            for (Step step : stream) {
                for (Map.Entry<String, SeriesForecaster> each : all.entrySet()) {
                    SeriesForecaster series = each.getValue();
                    if (step.reading() == null) {
                        forecasts.addAll(series.advanceTo(step.watermark()));
                    } else if (step.reading().series().equals(each.getKey())) {
                        forecasts.addAll(
                                series.observe(
                                        step.reading().eventTimeMillis(), step.reading().value()));
                    }
                    each.setValue(between.pass(series, engine));
                }
            }
        }
        return forecasts;
    }

    @Property(tries = 15)
    void aSeriesAloneGetsTheForecastsOfTheJob(@ForAll @LongRange(min = 0, max = 1L << 40) long seed)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Setup setup = Setup.of(random, EvaluationMode.FULL);
        List<Step> stream = stream(random, setup.spec().tickMillis());

        Map<String, List<Forecast>> expected = bySeries(ofJob(setup, stream));
        Map<String, List<Forecast>> actual =
                bySeries(alone(setup, stream, (series, engine) -> series));

        actual.forEach((series, forecasts) -> assertEqual(forecasts, expected.get(series)));
        assertThat(actual.values().stream().mapToInt(List::size).sum()).isGreaterThan(20);
    }

    @Property(tries = 12)
    void aSeriesThatIsWrittenAndReadInMidStreamGoesOnAsIfItWereNot(
            @ForAll @LongRange(min = 0, max = 1L << 40) long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Setup setup = Setup.of(random, EvaluationMode.FULL);
        List<Step> stream = stream(random, setup.spec().tickMillis());

        List<Forecast> expected = alone(setup, stream, (series, engine) -> series);
        List<Forecast> actual =
                alone(
                        setup,
                        stream,
                        (series, engine) ->
                                random.nextInt(10) == 0 ? restarted(series, engine) : series);

        assertEqual(actual, expected);
    }

    /** Asserts that forecasts are equal bit for bit. */
    private static void assertEqual(List<Forecast> actual, List<Forecast> expected) {
        for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
            assertThat(text(actual.get(i))).isEqualTo(text(expected.get(i)));
            assertThat(actual.get(i)).isEqualTo(expected.get(i));
        }
        assertThat(actual).hasSameSizeAs(expected);
    }

    private static String text(Forecast forecast) {
        return "%s@%d %s of %d, %s"
                .formatted(
                        forecast.series(),
                        forecast.tickIndex(),
                        forecast.quality(),
                        forecast.observedTicks(),
                        Arrays.toString(forecast.mean()));
    }

    private static SeriesForecaster restarted(SeriesForecaster series, SeriesEngine engine)
            throws IOException {
        return SeriesForecaster.readFrom(
                new DataInputStream(new ByteArrayInputStream(bytes(series))),
                series.series(),
                engine);
    }

    private static byte[] bytes(SeriesForecaster series) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        series.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Property(tries = 8)
    void callsAtTheTimesThatItAsksForAreEnough(
            @ForAll @LongRange(min = 0, max = 1L << 40) long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Setup setup = Setup.of(random, EvaluationMode.FULL);
        List<Step> stream = stream(random, setup.spec().tickMillis());
        try (SeriesEngine engine = setup.engine()) {
            SeriesForecaster series = new SeriesForecaster("s0", engine);
            for (Step step : stream) {
                if (step.reading() != null) {
                    series.observe(step.reading().eventTimeMillis(), step.reading().value());
                } else if (step.watermark() < series.nextTimeMillis()) {
                    byte[] before = bytes(series);
                    boolean isSame = step.watermark() <= series.watermark();
                    assertThat(series.advanceTo(step.watermark())).isEmpty();
                    assertThat(bytes(series).length).isEqualTo(before.length);
                    assertThat(series.watermark() == step.watermark() || isSame).isTrue();
                } else {
                    series.advanceTo(step.watermark());
                    assertThat(series.nextTimeMillis()).isGreaterThanOrEqualTo(series.watermark());
                }
            }
            // The end of the input fires every timer, and the series has no state any more.
            assertThat(series.nextTimeMillis()).isEqualTo(Long.MAX_VALUE);
            assertThat(series.isEmpty()).isTrue();
        }
    }

    @Test
    void incrementalForecastsAreThoseOfTheJobAndOfTheWholeContext() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        Setup full =
                new Setup(
                        TestModels.STREAMING,
                        Duration.ofSeconds(20),
                        0,
                        2,
                        FeedbackSettings.NONE,
                        EvaluationMode.FULL);
        Setup incremental =
                new Setup(
                        full.spec(),
                        full.outOfOrderness(),
                        0,
                        2,
                        FeedbackSettings.NONE,
                        EvaluationMode.INCREMENTAL);
        List<Step> stream = new ArrayList<>();
        for (long tick = START; tick < START + 200; tick++) {
            long millis = full.spec().tickMillis();
            for (int series = 0; series < SERIES; series++) {
                if (random.nextInt(9) > 0) {
                    long time = tick * millis - random.nextLong(3 * millis);
                    stream.add(
                            new Step(
                                    new Observation("s" + series, time, 3 + random.nextGaussian()),
                                    0));
                }
            }
            stream.add(new Step(null, tick * millis));
        }

        List<Forecast> alone = alone(incremental, stream, (series, engine) -> series);

        ForecastCheck.assertSame(alone, ofJob(incremental, stream));
        ForecastCheck.assertSame(alone, alone(full, stream, (series, engine) -> series));
    }
}
