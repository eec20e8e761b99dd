package io.tickformer.cli.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.graph.Dim;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;
    private Path data;
    private Path model;

    @BeforeEach
    void writeHistoryAndModel() throws IOException {
        data = directory.resolve("load.csv");
        model = directory.resolve("load.onnx");
        StringBuilder csv = new StringBuilder("time,house,<b>works</b>\n");
        for (int hour = 0; hour < 300; hour++) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%.3f,%s%n",
                            Instant.ofEpochSecond(3600L * hour),
                            2 + Math.sin(2 * Math.PI * hour / 24),
                            hour % 50 == 7 ? "" : Integer.toString(5000 + 100 * (hour % 24))));
        }
        Files.writeString(data, csv);
        // Ticks of an hour, a context of 16 and a horizon of 4.
        Files.write(model, TestModels.streaming());
    }

    @Test
    void calibratedIntervalsAreScoredBesideThoseOfTheModel() throws IOException {
        assertThat(backtest("--calibrate", "--baselines", "naive", "--json"))
                .isEqualTo(ExitCodes.OK);
        JsonNode json = json();
        JsonNode raw = json.get("uncalibrated");
        assertThat(distanceFrom80(json)).isLessThan(distanceFrom80(raw));
        for (String figure : List.of("intervalScore80", "intervalScore95")) {
            assertThat(json.get(figure).asDouble())
                    .isPositive()
                    .isLessThan(raw.get(figure).asDouble());
        }
        // Calibration leaves the medians, so only intervals differ.
        assertThat(json.get("mae").asDouble()).isEqualTo(json.at("/uncalibrated/mae").asDouble());
        assertThat(json.get("baselines").size()).isEqualTo(1);
        assertThat(backtest("--baselines", "naive", "--json")).isEqualTo(ExitCodes.OK);
        for (String figure : List.of("coverage80", "intervalScore80", "intervalScore95")) {
            assertThat(raw.get(figure)).isEqualTo(json().get(figure));
        }
    }

    private static double distanceFrom80(JsonNode scores) {
        return Math.abs(scores.get("coverage80").asDouble() - 0.8);
    }

    @Test
    void theLongHorizonProtocolTakesEveryWindowOfTheTestPart() throws IOException {
        assertThat(backtest("--protocol", "ltsf", "--json")).isEqualTo(ExitCodes.OK);

        // Of 300 ticks the last 60 are the test part.
        assertThat(out.toString())
                .contains(
                        "ltsf, test part, 1970-01-11T00:00:00Z to 1970-01-13T11:00:00Z: 2 series,"
                                + " 57 windows of each, 4 steps ahead")
                .contains("the median is scored; a season is 24 ticks");
        JsonNode json = json();
        assertThat(json.get("windows").asInt()).isEqualTo(57);
        assertThat(json.get("series").asInt()).isEqualTo(2);
        assertThat(json.get("mse").asDouble()).isPositive();
        assertThat(json.get("mae").asDouble()).isPositive();
        assertThat(json.get("missing_targets").asInt()).isEqualTo(4);
        assertThat(json.get("targets").asInt()).isEqualTo(2 * 57 * 4 - 4);
        // The series repeat every day but for what is missing.
        assertThat(json.at("/baselines/seasonal-naive/mae").asDouble()).isLessThan(0.01);
        assertThat(json.at("/baselines/naive/mae").asDouble()).isPositive();
        assertThat(json.get("baselines").size()).isEqualTo(2);
    }

    @Test
    void theRollingProtocolReportsErrorsIntervalsAndSteps() throws IOException {
        assertThat(backtest("--cutoffs", "20", "--season", "1", "--json")).isEqualTo(ExitCodes.OK);

        assertThat(out.toString()).contains("rolling, ").contains("in 80 %").contains("MASE");
        JsonNode json = json();
        assertThat(json.get("windows").asInt()).isEqualTo(20);
        for (String metric :
                List.of("mase", "rmsse", "wql", "crps", "scaled_crps", "width80", "width95")) {
            assertThat(json.get(metric).asDouble()).as(metric).isPositive();
            assertThat(json.at("/baselines/naive/" + metric).asDouble()).as(metric).isPositive();
        }
        for (String metric : List.of("coverage50", "coverage80", "coverage95")) {
            assertThat(json.get(metric).asDouble()).as(metric).isBetween(0.0, 1.0);
        }
        assertThat(json.at("/by_step/mase").size()).isEqualTo(4);
        assertThat(json.at("/by_step/coverage80").size()).isEqualTo(4);
        assertThat(json.get("calibration").size()).isEqualTo(7);
        assertThat(json.at("/by_series/house/mase").asDouble()).isPositive();
    }

    @Test
    void whatComesAfterACutoffChangesNoForecast() throws IOException {
        assertThat(backtest("--part", "validation", "--json")).isEqualTo(ExitCodes.OK);
        JsonNode before = json();
        List<String> rows = new ArrayList<>(Files.readAllLines(data));
        for (int row = 241; row < rows.size(); row++) {
            rows.set(row, rows.get(row).substring(0, 21) + "-1e6,1e6");
        }
        Files.write(data, rows);

        assertThat(backtest("--part", "validation", "--json")).isEqualTo(ExitCodes.OK);

        assertThat(json()).isEqualTo(before);
    }

    @Test
    void theLinearBaselinesAreTrainedOnTheTrainingPart() throws IOException {
        assertThat(backtest("--baselines", "dlinear,linear", "--baseline-steps", "3", "--json"))
                .isEqualTo(ExitCodes.OK);

        assertThat(err.toString()).contains("dlinear: context of 42, step ");
        JsonNode baselines = json().get("baselines");
        assertThat(baselines.fieldNames()).toIterable().containsExactly("linear", "dlinear");
        assertThat(baselines.at("/dlinear/mse").asDouble()).isPositive();
        assertThat(baselines.at("/dlinear/coverage80").asDouble()).isPositive();
    }

    @Test
    void theFirstStepsOfALongerHorizonAreJudgedAlone() throws IOException {
        assertThat(backtest("--horizon", "2", "--point", "mean", "--json")).isEqualTo(ExitCodes.OK);

        assertThat(json().get("horizon").asInt()).isEqualTo(2);
        assertThat(json().get("windows").asInt()).isEqualTo(59);
        assertThat(json().get("point").asText()).isEqualTo("mean");
    }

    @Test
    void theReportNeedsNothingElseAndTakesNoNameForMarkup() throws IOException {
        Path report = directory.resolve("pages/report.html");

        assertThat(backtest("--report", report.toString())).isEqualTo(ExitCodes.OK);

        String page = Files.readString(report);
        assertThat(page)
                .contains("uPlot")
                .contains("\\u003cb>works\\u003c/b>")
                .doesNotContain("<b>works")
                .doesNotContain("{{")
                .doesNotContain("src=")
                .doesNotContain("@import");
        String json = page.substring(page.indexOf("id=\"data\">") + 10);
        JsonNode data = new ObjectMapper().readTree(json.substring(0, json.indexOf("</script>")));
        assertThat(data.get("fans").size()).isEqualTo(6);
        assertThat(data.get("worst").size()).isPositive();
        assertThat(data.at("/fans/0/quantiles").size()).isEqualTo(7);
        assertThat(data.at("/fans/0/time").size()).isEqualTo(data.at("/fans/0/actual").size());
        assertThat(data.at("/forecasters/0/by_step/mase").size()).isEqualTo(4);
    }

    @Test
    void aModelMadeElsewhereIsJudgedByItsSpec() throws IOException {
        // It prolongs a straight line, and its quantiles lie 1 below and above.
        ForeignArchitecture architecture =
                new ForeignArchitecture(
                        new ForeignTensor("x", "BT"),
                        null,
                        new ForeignTensor("q", "BHQ"),
                        new ForeignTensor("mean", "BH"),
                        false);
        Path spec = directory.resolve("spec.json");
        Files.writeString(spec, SpecJson.write(ForeignModels.spec(architecture)));
        Files.write(model, ForeignModels.plain(Dim.BATCH));
        StringBuilder csv = new StringBuilder("time,line\n");
        for (int second = 0; second < 100; second++) {
            csv.append(Instant.ofEpochSecond(second)).append(',').append(3 * second).append('\n');
        }
        Files.writeString(data, csv);

        assertThat(backtest("--spec", spec.toString(), "--json")).isEqualTo(ExitCodes.OK);

        assertThat(json().get("windows").asInt()).isEqualTo(18);
        assertThat(json().get("mse").asDouble()).isLessThan(1e-9);
        assertThat(json().get("coverage50").asDouble()).isEqualTo(1);
        assertThat(json().get("width50").asDouble()).isBetween(1.999, 2.001);
        // Of an error of 3, 6 and 9 over differences of 3.
        assertThat(json().at("/baselines/naive/mase").asDouble()).isBetween(1.999, 2.001);
    }

    @Test
    void mistakesAreOneLine() {
        assertRefused(
                "--horizon is 9; expected at most 4, the horizon of the model", "--horizon", "9");
        assertRefused(
                data
                        + ": line 1: there is no column \"flat\"; the columns are time, house,"
                        + " <b>works</b>",
                "--columns",
                "flat");
        assertRefused(
                "the test part is 2 ticks; expected at least the horizon of 4: give more rows,"
                        + " another split (--split) or a shorter horizon (--horizon)",
                "--split",
                "250,40,2");
        assertRefused(
                "\"arima\" is not a baseline; expected all, none, or some of naive, seasonal-naive,"
                        + " linear, nlinear, dlinear",
                "--baselines",
                "arima");
        assertRefused(
                "--cutoffs and --stride are for --protocol rolling; ltsf takes every window",
                "--protocol",
                "ltsf",
                "--cutoffs",
                "3");
        model = directory.resolve("gone.onnx");
        assertRefused(model + ": no such file or directory");
        model = directory;
        assertRefused(model + ": this is a directory; expected an ONNX file");
    }

    @Test
    void aHistoryCoarserThanTheModelsTicksIsRefusedUnlessItIsPutOnThem() throws IOException {
        StringBuilder csv = new StringBuilder("time,house\n");
        for (int day = 0; day < 300; day++) {
            csv.append(Instant.ofEpochSecond(86_400L * day)).append(',').append(day % 7);
            csv.append('\n');
        }
        Files.writeString(data, csv);

        assertRefused(
                data
                        + " has ticks of 86400000 ms; the model "
                        + model
                        + " forecasts ticks of 3600000 ms. Give a finer history, a model trained on"
                        + " such ticks, or override the tick length of a model without calendar"
                        + " features with --tick");
        assertThat(backtest("--tick", "1d", "--json")).isEqualTo(ExitCodes.OK);
        assertThat(json().get("windows").asInt()).isPositive();
    }

    @Test
    void aModelThatKnowsTheCalendarStaysOnItsTicks() throws IOException {
        ForecastSpec spec =
                TestModels.STREAMING.withCalendarFeatures(List.of(CalendarFeature.HOUR_OF_DAY));
        Files.write(model, TestModels.transformer(spec, 1));

        assertRefused(
                model
                        + ": the model has calendar features, [HOUR_OF_DAY], for ticks of 60000 ms;"
                        + " expected those ticks and not 3600000 ms, or a model without calendar"
                        + " features",
                "--tick",
                "1h");
    }

    private void assertRefused(String message, String... more) {
        err.getBuffer().setLength(0);
        assertThat(backtest(more)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().strip()).isEqualTo("error: " + message);
    }

    private JsonNode json() throws IOException {
        List<String> lines = out.toString().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private int backtest(String... more) {
        out.getBuffer().setLength(0);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "backtest",
                                "--model",
                                model.toString(),
                                "--data",
                                data.toString()));
        if (!List.of(more).contains("--baselines")) {
            arguments.addAll(List.of("--baselines", "naive,seasonal-naive"));
        }
        arguments.addAll(List.of(more));
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }
}
