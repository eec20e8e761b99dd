package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.VarCharType;

/** The series of a table, with watermarks and restarts at any time. */
final class TableSeriesPropertyTest {
    private static final ForecastSpec SPEC = TestModels.STREAMING;
    private static final byte[] MODEL = TestModels.transformer(SPEC, 7);
    private static final byte[] SUMS =
            TestModels.transformer(SPEC.withTickMeaning(TickMeaning.of(TickAggregate.SUM)), 7);

    /** What happens: a reading, or the watermark that goes on. */
    private record Event(Observation reading, long watermark) {}

    private static SeriesSettings settings(byte[] model, long cacheBytes) {
        return new SeriesSettings(
                model,
                List.of(VarCharType.STRING_TYPE, new DoubleType()),
                new int[] {0},
                new int[] {1},
                ForecastSelection.ALL,
                FeedbackSettings.DEFAULT,
                Duration.ofSeconds(10),
                cacheBytes);
    }

    private static TableSeries open(byte[] model, long cacheBytes) {
        return TableSeries.open(
                settings(model, cacheBytes), FeedbackListener.NONE, new UnregisteredMetricsGroup());
    }

    /** Readings of three series with faults, late ones among them, and watermarks between. */
    private static List<Event> stream(long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        long watermark = Long.MIN_VALUE;
        for (long second = 0; second < 30 * 60; second += 5 + random.nextInt(40)) {
            String name = List.of("a", "b", "c").get(random.nextInt(3));
            long late = random.nextInt(20) == 0 ? random.nextInt(400_000) : random.nextInt(9_000);
            double value = Math.sin(second / 300.0) * 10 + random.nextInt(3);
            if (random.nextInt(15) == 0) {
                value = List.of(1e12, Double.NaN, 0.0, -1e-9).get(random.nextInt(4));
            }
            boolean isGap = name.equals("c") && second > 500 && second < 1_000;
            if (!isGap) {
                events.add(
                        new Event(new Observation(name, second * 1_000 - late, value), watermark));
            }
            if (random.nextInt(3) == 0) {
                watermark = Math.max(watermark, second * 1_000 - 10_000);
                events.add(new Event(null, watermark));
            }
        }
        events.add(new Event(null, Long.MAX_VALUE));
        return events;
    }

    private static Map<String, List<Forecast>> bySeries(List<Forecast> forecasts) {
        Map<String, List<Forecast>> bySeries = new TreeMap<>();
        forecasts.forEach(
                each ->
                        bySeries.computeIfAbsent(each.series(), name -> new ArrayList<>())
                                .add(each));
        return bySeries;
    }

    /**
     * @param restartAfter events after which everything in memory is lost; 0 for never
     */
    private static Map<String, List<Forecast>> run(
            byte[] model, long cacheBytes, List<Event> events, int restartAfter) throws Exception {
        HandOperator operator = new HandOperator();
        TableSeries series = open(model, cacheBytes);
        int count = 0;
        try {
            for (Event event : events) {
                if (event.reading() != null) {
                    operator.row(series, event.reading());
                } else {
                    operator.advanceTo(series, event.watermark());
                }
                count++;
                if (restartAfter > 0 && count % restartAfter == 0) {
                    series.close();
                    series = open(model, cacheBytes);
                }
            }
        } finally {
            series.close();
        }
        return bySeries(operator.forecasts());
    }

    /** The same stream without Flink. */
    private static Map<String, List<Forecast>> expected(byte[] model, List<Event> events) {
        SeriesOptions options =
                SeriesOptions.DEFAULT
                        .withOutOfOrderness(Duration.ofSeconds(10))
                        .withFeedback(FeedbackSettings.DEFAULT)
                        .withCache(EvaluationMode.AUTO, 1 << 20);
        List<Forecast> forecasts = new ArrayList<>();
        try (SeriesEngine engine =
                SeriesEngine.open(
                        model, null, ExecutionProvider.CPU, options, FeedbackListener.NONE)) {
            Map<String, SeriesForecaster> all = new TreeMap<>();
            for (Event event : events) {
                if (event.reading() == null) {
                    all.values()
                            .forEach(each -> forecasts.addAll(each.advanceTo(event.watermark())));
                } else if (Double.isFinite(event.reading().value())) {
                    SeriesForecaster one =
                            all.computeIfAbsent(
                                    event.reading().series(),
                                    name -> new SeriesForecaster(name, engine));
                    forecasts.addAll(one.advanceTo(event.watermark()));
                    forecasts.addAll(
                            one.observe(
                                    event.reading().eventTimeMillis(), event.reading().value()));
                }
            }
        }
        return bySeries(forecasts);
    }

    @Property(tries = 20)
    void aTableIsForecastAsItsSeriesAreWithoutFlink(@ForAll @IntRange(max = 10_000) int seed)
            throws Exception {
        List<Event> events = stream(seed);
        assertThat(run(MODEL, 1 << 20, events, 0)).isEqualTo(expected(MODEL, events)).hasSize(3);
    }

    @Property(tries = 20)
    void aTableOfSumsIsForecastAsItsSeriesAreWithoutFlink(@ForAll @IntRange(max = 10_000) int seed)
            throws Exception {
        List<Event> events = stream(seed);
        assertThat(run(SUMS, 1 << 20, events, 0)).isEqualTo(expected(SUMS, events)).hasSize(3);
    }

    @Property(tries = 20)
    void losingAllThatIsInMemoryChangesNoForecast(
            @ForAll @IntRange(max = 10_000) int seed, @ForAll @IntRange(min = 1, max = 9) int after)
            throws Exception {
        List<Event> events = stream(seed);
        // Without a cache of the model: a forecast from it differs in the last bits.
        assertThat(run(SUMS, 0, events, after)).isEqualTo(run(SUMS, 0, events, 0));
    }

    @Property(tries = 10)
    void seriesThatHaveNoRoomInMemoryAreForecastTheSame(@ForAll @IntRange(max = 10_000) int seed)
            throws Exception {
        List<Event> events = stream(seed);
        // One series is in memory at a time.
        assertThat(run(MODEL, 1, events, 0)).isEqualTo(run(MODEL, 0, events, 0));
    }

    private static void feed(
            HandOperator operator, TableSeries series, String name, long from, long to)
            throws Exception {
        for (long tick = from; tick < to; tick++) {
            long time = tick * SPEC.tickMillis();
            operator.row(series, new Observation(name, time, Math.sin((double) tick)));
            operator.advanceTo(series, time + SPEC.tickMillis() - 1);
        }
    }

    @Example
    void aSeriesThatIsSilentForItsContextHasNoState() throws Exception {
        HandOperator operator = new HandOperator();
        try (TableSeries series = open(MODEL, 1 << 20)) {
            feed(operator, series, "a", 0, 5);
            feed(operator, series, "b", 5, 6);
            assertThat(operator.keysWithState()).containsExactly("a", "b");
            feed(operator, series, "b", 6, 10 + SPEC.ringTicks());
            assertThat(operator.keysWithState()).containsExactly("b");
        }
    }

    @Example
    void aSeriesWhoseStateFlinkHasDeletedBeginsAnew() throws Exception {
        HandOperator operator = new HandOperator();
        try (TableSeries series = open(MODEL, 1 << 20)) {
            feed(operator, series, "a", 0, 20);
            operator.forget("a");
            feed(operator, series, "a", 20, 21);
        }
        List<Forecast> forecasts = operator.forecasts();
        assertThat(forecasts.get(19).observedTicks()).isGreaterThan(1);
        assertThat(forecasts.get(20).observedTicks()).isEqualTo(1);
    }
}
