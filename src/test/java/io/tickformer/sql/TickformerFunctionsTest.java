package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tickformer.event.Anomaly;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.flow.ForecastPipeline;
import io.tickformer.flow.ForecastStreams;
import io.tickformer.forecaster.Forecaster;
import io.tickformer.inference.EvaluationMode;
import io.tickformer.operator.ForecastOperatorSettings;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.Ett;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions and the model provider, planned and run in a cluster within this process. */
@Timeout(300)
final class TickformerFunctionsTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    private static final ForecastSpec SPEC = TestModels.STREAMING;
    private static final long TICK = SPEC.tickMillis();
    private static final byte[] ONNX = TestModels.transformer(SPEC, 77);

    @TempDir private static Path folder;
    private static Path model;

    @BeforeAll
    static void writeModel() throws IOException {
        model = Files.write(folder.resolve("model.onnx"), ONNX);
    }

    /** Readings of three series: two a tick, with a gap, spikes, and some out of order. */
    private static List<Observation> readings() {
        List<Observation> readings = new ArrayList<>();
        for (long tick = 0; tick < 60; tick++) {
            for (int series = 0; series < 3; series++) {
                if (series == 2 && tick > 20 && tick < 35) {
                    continue;
                }
                String name = "m" + series;
                double value = 10 * (series + 1) + 3 * Math.sin(tick / 4.0) + tick * series % 7;
                long time = tick * TICK + 1_000L * series;
                readings.add(new Observation(name, time + 9_000, tick == 44 ? 1e12 : value));
                readings.add(new Observation(name, time + 5_000, value + 1));
            }
        }
        return readings;
    }

    private static String call(String function, String more) {
        return """
               %s(
                 input => TABLE meters PARTITION BY id,
                 on_time => DESCRIPTOR(ts),
                 target => DESCRIPTOR(kw),
                 model => '%s'%s)
               """
                .formatted(function, model, more);
    }

    private static List<Row> query(String select, String function, String more) throws Exception {
        return new SqlSession(2)
                .view("meters", readings())
                .rows(select + " FROM " + call(function, more));
    }

    private static ForecastStreams job(List<Observation> readings, FeedbackSettings feedback) {
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(2);
        ForecastOperatorSettings settings =
                ForecastOperatorSettings.DEFAULT
                        .withTicks(Duration.ofSeconds(10), 0)
                        .withFeedback(
                                ForecastOperatorSettings.DEFAULT.feedback().withParts(feedback));
        DataStream<Observation> stream =
                flink.fromData(readings)
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<Observation>forBoundedOutOfOrderness(
                                                Duration.ofSeconds(5))
                                        .withTimestampAssigner(
                                                (each, any) -> each.eventTimeMillis()));
        return ForecastPipeline.of(ONNX)
                .withSettings(settings)
                .forecast(
                        stream,
                        Observation::series,
                        Observation::eventTimeMillis,
                        Observation::value);
    }

    private static <T> List<T> all(DataStream<T> stream) throws Exception {
        List<T> all = new ArrayList<>();
        CloseableIterator<T> each = stream.executeAndCollect();
        try {
            each.forEachRemaining(all::add);
        } finally {
            each.close();
        }
        return all;
    }

    @Test
    void aStatementForecastsAsTheJobDoes() throws Exception {
        Map<String, Forecast> job = new TreeMap<>();
        for (Forecast each : all(job(readings(), FeedbackSettings.DEFAULT).forecasts())) {
            job.put(each.series() + " " + each.tickTimeMillis(), each);
        }
        List<Row> rows =
                query("SELECT *", "TICKFORMER_FORECAST", ", output => 'arrays', uid => 'f'");

        assertThat(rows).hasSameSizeAs(job.values()).hasSizeGreaterThan(150);
        for (Row row : rows) {
            Instant tick = row.getFieldAs("tick_time");
            Forecast expected = job.get(row.getField("id") + " " + tick.toEpochMilli());
            assertThat(expected).isNotNull();
            Double[] mean = row.getFieldAs("mean");
            Double[][] quantiles = row.getFieldAs("quantiles");
            double scale = Math.abs(expected.mean()[0]) + 1;
            for (int step = 0; step < expected.horizon(); step++) {
                assertClose(mean[step], expected.mean()[step], scale);
                for (int level = 0; level < 3; level++) {
                    assertClose(quantiles[step][level], expected.quantile(step, level), scale);
                }
            }
            assertThat(row.getField("quality")).isEqualTo(expected.quality().name());
            assertThat(row.getField("calibrated")).isEqualTo(expected.calibrated());
            assertThat(row.getField("observed_ticks")).isEqualTo(expected.observedTicks());
            assertThat(row.getField("model_version")).isEqualTo(expected.modelVersion());
        }
    }

    @Test
    void aStatementForecastsBitForBitAsForecasterDoesWithoutFlink() throws Exception {
        List<Observation> readings = Ett.readings(300);
        Path hourly = Files.write(folder.resolve("hourly.onnx"), TestModels.streaming());
        Map<String, Forecast> expected = new TreeMap<>();
        try (Forecaster forecaster =
                Forecaster.builder(TestModels.streaming()).mode(EvaluationMode.FULL).build()) {
            List<Forecast> all = new ArrayList<>();
            for (Observation each : readings) {
                all.addAll(forecaster.push(each.series(), each.eventTimeMillis(), each.value()));
            }
            all.addAll(forecaster.advanceTo(Long.MAX_VALUE));
            all.forEach(each -> expected.put(each.series() + " " + each.tickTimeMillis(), each));
        }
        List<Row> rows =
                new SqlSession(2)
                        .view("meters", readings)
                        .rows(
                                "SELECT id, tick_time, mean FROM "
                                        + call(
                                                        "TICKFORMER_FORECAST",
                                                        ", output => 'arrays', cache_memory => '0'")
                                                .replace(model.toString(), hourly.toString()));

        assertThat(rows).hasSameSizeAs(expected.values()).hasSizeGreaterThan(2_000);
        for (Row row : rows) {
            Instant tick = row.getFieldAs("tick_time");
            Double[] mean = row.getFieldAs("mean");
            Forecast same = expected.get(row.getField("id") + " " + tick.toEpochMilli());
            assertThat(Arrays.stream(mean).mapToDouble(Double::doubleValue).toArray())
                    .isEqualTo(same.mean());
        }
    }

    /** Micro-batches of several series differ from single ones in the last bits. */
    private static void assertClose(double given, double expected, double scale) {
        assertThat(Math.abs(given - expected) / scale).isLessThan(1e-5);
    }

    @Test
    void stepsHaveTheirOwnTimesAndTheValuesOfTheArrays() throws Exception {
        List<Row> steps =
                query(
                        "SELECT id, tick_time, step, forecast_time, mean, lower_bound, upper_bound,"
                                + " q50",
                        "TICKFORMER_FORECAST",
                        ", confidence => 0.8, quantile_levels => '0.5'");
        List<Row> unnested =
                new SqlSession(2)
                        .view("meters", readings())
                        .rows(
                                "SELECT id, tick_time, s.step, forecast_time[s.step], mean[s.step],"
                                        + " lower_bound[s.step], upper_bound[s.step],"
                                        + " quantiles[s.step][2] FROM "
                                        + call("TICKFORMER_FORECAST", ", output => 'arrays'")
                                        + " CROSS JOIN (VALUES (1), (2), (3), (4)) AS s(step)");
        assertThat(steps).containsExactlyInAnyOrderElementsOf(unnested);
        assertThat(steps)
                .allSatisfy(
                        row -> {
                            Instant issued = row.getFieldAs("tick_time");
                            int step = row.getFieldAs("step");
                            assertThat(row.getField("forecast_time"))
                                    .isEqualTo(issued.plusMillis(step * TICK));
                            assertThat((double) row.getFieldAs("lower_bound"))
                                    .isLessThanOrEqualTo(row.getFieldAs("q50"));
                        });
    }

    @Test
    void aForecastIsJoinedToTheReadingsOfItsTick() throws Exception {
        List<Row> rows =
                new SqlSession(1)
                        .view("meters", readings())
                        .rows(
                                "SELECT f.id, f.forecast_time, m.kw, f.mean FROM (SELECT * FROM "
                                        + call("TICKFORMER_FORECAST", ", horizon => 1")
                                        + ") f JOIN meters m ON f.id = m.id AND m.ts >="
                                        + " f.forecast_time AND m.ts < f.forecast_time + INTERVAL"
                                        + " '1' MINUTE");
        // Two readings of each tick but the first of each series, and those after the gap.
        assertThat(rows).hasSize(readings().size() - 2 * 4);
    }

    @Test
    void aForecastWaitsForTheContextThatTheStatementAsksFor() throws Exception {
        List<Row> rows =
                query(
                        "SELECT observed_ticks, step",
                        "TICKFORMER_FORECAST",
                        ", min_context_size => 8, horizon => 1");
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(r -> assertThat((int) r.getFieldAs(0)).isGreaterThanOrEqualTo(8));
    }

    @Test
    void anomaliesAreThoseOfTheJob() throws Exception {
        List<Observation> readings = readings();
        List<String> expected =
                all(job(readings, FeedbackSettings.DEFAULT).anomalies()).stream()
                        .map(TickformerFunctionsTest::text)
                        .toList();
        List<String> given =
                query("SELECT id, tick_time, actual, is_high", "TICKFORMER_DETECT", "").stream()
                        .map(Row::toString)
                        .toList();
        assertThat(given).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(query("SELECT *", "TICKFORMER_DETECT", ", output => 'ticks'"))
                .hasSizeGreaterThanOrEqualTo(160);
    }

    private static String text(Anomaly anomaly) {
        return Row.of(
                        anomaly.series(),
                        Instant.ofEpochMilli(anomaly.tickTimeMillis()),
                        anomaly.value(),
                        anomaly.isHigh())
                .toString();
    }

    @Test
    void rowsWithoutAValueAreLeftOut() throws Exception {
        List<Observation> readings = readings();
        List<Observation> more = new ArrayList<>();
        for (Observation each : readings) {
            more.add(each);
            more.add(new Observation(each.series(), each.eventTimeMillis() + 1, Double.NaN));
            more.add(
                    new Observation(
                            each.series(), each.eventTimeMillis() + 1, Double.POSITIVE_INFINITY));
        }
        String query = "SELECT id, tick_time, mean FROM " + call("TICKFORMER_FORECAST", "");
        assertThat(new SqlSession(1).view("meters", more).rows(query))
                .containsExactlyInAnyOrderElementsOf(
                        new SqlSession(1).view("meters", readings).rows(query));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    kw | , horizon => 5 | horizon is 5; expected at most 4, the steps that the model forecasts
                    kw | , horizon => 0 | horizon is 0; expected at least 1
                    kw | , confidence => 0.95 | confidence is 0.95; expected one of [0.8]: the model forecasts the quantile levels [0.1, 0.5, 0.9]
                    kw | , quantile_levels => '0.3' | quantile_levels is [0.3]; expected some of [0.1, 0.5, 0.9]
                    kw | , quantile_levels => 'all' | quantile_levels is 'all'; expected numbers with commas, such as '0.1, 0.5, 0.9'
                    kw | , output => 'json' | output is 'json'; expected one of 'steps', 'arrays'
                    kw | , aggregate => 'median' | aggregate is 'median'; expected one of 'mean', 'sum', 'last', 'min', 'max', 'count'
                    kw | , tick => INTERVAL '0' SECOND | tick is PT0S; expected an interval longer than zero
                    kw | , cache_memory => 'much' | cache_memory is 'much'; expected a size such as '64 mb'
                    id | , horizon => 2 | target is DESCRIPTOR(`id`) of the type STRING; expected a column of numbers, such as DOUBLE or DECIMAL
                    watts | , horizon => 2 | target is DESCRIPTOR(`watts`); expected a column of the table, one of [id, ts, kw]
                    kw, kw | , horizon => 2 | target is DESCRIPTOR(`kw`, `kw`); expected one column: the model forecasts a single series
                    """)
    void aWrongArgumentIsOneLine(String target, String more, String message) {
        SqlSession session = new SqlSession(1).view("meters", readings());
        String statement =
                "SELECT * FROM "
                        + call("TICKFORMER_FORECAST", more)
                                .replace("DESCRIPTOR(kw)", "DESCRIPTOR(" + target + ")");
        Throwable failure = catchThrowable(() -> session.rows(statement));
        assertThat(SqlSession.rootMessage(failure)).isEqualTo(message);
    }

    @Test
    void aModelThatIsMissingOrNoneIsOneLine() throws Exception {
        SqlSession session = new SqlSession(1).view("meters", readings());
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThat(refusal(session, folder.resolve("absent.onnx")))
                .isEqualTo(
                        "model is %s; there is no such file where the statement is planned, in the SQL client or gateway"
                                .formatted(folder.resolve("absent.onnx")));
        assertThat(refusal(session, folder))
                .isEqualTo("model is %s; expected a file; this is a folder".formatted(folder));
        assertThat(refusal(session, text)).contains(text.toString()).doesNotContain("\n");
    }

    private static String refusal(SqlSession session, Path file) {
        String statement =
                "SELECT * FROM "
                        + call("TICKFORMER_FORECAST", "")
                                .replace(model.toString(), file.toString());
        return SqlSession.message(catchThrowable(() -> session.rows(statement)));
    }

    @Test
    void aTableWithUpdatesIsRefused() {
        SqlSession session = new SqlSession(1).view("readings", readings());
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY VIEW meters AS SELECT id, ts, kw FROM (SELECT *,"
                                + " ROW_NUMBER() OVER (PARTITION BY id, ts ORDER BY kw DESC) AS n"
                                + " FROM readings) WHERE n = 1");
        Throwable failure =
                catchThrowable(
                        () -> session.rows("SELECT * FROM " + call("TICKFORMER_FORECAST", "")));
        assertThat(SqlSession.rootMessage(failure)).contains("update");
    }

    private static SqlSession withModel(String input, String output, String options) {
        SqlSession session = new SqlSession(1);
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY MODEL meters INPUT (%s) OUTPUT (%s) WITH ('provider' = 'tickformer', 'path' = '%s'%s)"
                                .formatted(input, output, model, options));
        return session;
    }

    private static final String PREDICT =
            """
            SELECT * FROM ML_PREDICT(
              TABLE contexts,
              MODEL meters,
              DESCRIPTOR(context))
            """;

    @Test
    void aModelPredictsWhatTheFunctionForecasts() throws Exception {
        List<Row> expected =
                query(
                        "SELECT mean, lower_bound, upper_bound, quality, observed_ticks",
                        "TICKFORMER_FORECAST",
                        ", calibrate => FALSE, horizon => 2, output => 'arrays', min_context_size"
                                + " => 1");
        assertThat(expected).isNotEmpty();
        SqlSession session =
                withModel(
                        "context ARRAY<DOUBLE>",
                        "mean ARRAY<DOUBLE>, lower_bound ARRAY<DOUBLE>, upper_bound ARRAY<DOUBLE>,"
                                + " quality STRING, observed_ticks INT",
                        ", 'horizon' = '2'");
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY VIEW contexts AS SELECT * FROM (VALUES (ARRAY[10.0, 11.0,"
                                + " CAST(NULL AS DOUBLE), 12.0]), (ARRAY[CAST(NULL AS DOUBLE)]),"
                                + " (ARRAY[1e12, 0.0, -1e-9])) AS t(context)");
        List<Row> rows = session.rows(PREDICT);

        assertThat(rows).hasSize(3);
        Double[] mean = rows.get(0).getFieldAs("mean");
        assertThat(mean).hasSize(2);
        assertThat(rows.get(0).getField("observed_ticks")).isEqualTo(3);
        assertThat(rows.get(0).getField("quality")).isEqualTo("WARMING_UP");
        assertThat(rows.get(1).getField("mean")).isNull();
        assertThat((Double[]) rows.get(2).getFieldAs("mean")).doesNotContainNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    context ARRAY<DOUBLE> | mean ARRAY<DOUBLE> | , 'horizon' = '5' | horizon is 5; expected 1 to 4, the steps that the model forecasts
                    context STRING | mean ARRAY<DOUBLE> | , 'horizon' = '2' | INPUT is [`context` STRING]; expected an array of numbers, such as (context ARRAY<DOUBLE>), and optionally the time of its last tick, such as (context ARRAY<DOUBLE>, ts TIMESTAMP_LTZ(3))
                    context ARRAY<DOUBLE> | median DOUBLE | , 'horizon' = '2' | OUTPUT is (`median` DOUBLE); expected columns of [mean ARRAY<DOUBLE>, lower_bound ARRAY<DOUBLE>, upper_bound ARRAY<DOUBLE>, quantile_levels ARRAY<DOUBLE>, quantiles ARRAY<ARRAY<DOUBLE>>, quality STRING, observed_ticks INT]
                    """)
    void aWrongModelIsOneLine(String input, String output, String options, String message) {
        SqlSession session = withModel(input, output, options);
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY VIEW contexts AS SELECT * FROM (VALUES ("
                                + (input.contains("STRING") ? "'x'" : "ARRAY[CAST(1 AS DOUBLE)]")
                                + ")) AS t(context)");
        assertThat(SqlSession.rootMessage(catchThrowable(() -> session.rows(PREDICT))))
                .isEqualTo(message);
    }

    @Test
    void aModelWithCalendarFeaturesNeedsATime() throws Exception {
        ForecastSpec calendar = SPEC.withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY));
        Path file =
                Files.write(folder.resolve("calendar.onnx"), TestModels.transformer(calendar, 77));
        SqlSession session = new SqlSession(1);
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY MODEL meters INPUT (context ARRAY<DOUBLE>, ts"
                                + " TIMESTAMP_LTZ(3)) OUTPUT (mean ARRAY<DOUBLE>) WITH ('provider'"
                                + " = 'tickformer', 'path' = '%s')".formatted(file));
        session.tables()
                .executeSql(
                        "CREATE TEMPORARY VIEW contexts AS SELECT ARRAY[1.0, 2.0, 3.0] AS context,"
                                + " TO_TIMESTAMP_LTZ(0, 3) AS ts");
        assertThat(session.rows(PREDICT.replace("(context)", "(context, ts)"))).hasSize(1);
    }
}
