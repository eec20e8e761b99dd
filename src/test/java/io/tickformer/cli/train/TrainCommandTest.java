package io.tickformer.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.CalendarFeature;
import io.tickformer.spec.EnsembleArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;
    private Path data;
    private Path output;

    @BeforeEach
    void writeHistory() throws IOException {
        data = directory.resolve("load.csv");
        output = directory.resolve("models/load.onnx");
        StringBuilder csv = new StringBuilder("time,house,works\n");
        for (int hour = 0; hour < 400; hour++) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%.3f,%.3f%n",
                            Instant.ofEpochSecond(3600L * hour),
                            2 + Math.sin(2 * Math.PI * hour / 24),
                            5000 + 800 * Math.cos(2 * Math.PI * hour / 24)));
        }
        Files.writeString(data, csv);
    }

    @Test
    void aCsvFileBecomesAModelThatOpens() throws IOException {
        int exitCode =
                train(
                        "--json",
                        "--calendar",
                        "hour-of-day",
                        "--quantile-levels",
                        "0.1,0.5",
                        "--select",
                        "mae",
                        "--ema",
                        "0.9",
                        "--jitter",
                        "0.5:0.1");

        assertThat(err.toString())
                .contains("2 series from " + data + ", lines 2 to 401; ticks of 3600000 ms")
                .containsPattern("step 6 of 6: loss \\d");
        assertThat(exitCode).isEqualTo(ExitCodes.OK);
        JsonNode figures = new ObjectMapper().readTree(lastLine(out));
        assertThat(figures.get("output").asText()).isEqualTo(output.toString());
        assertThat(figures.get("steps").asInt()).isEqualTo(6);
        assertThat(figures.get("seed").asLong()).isEqualTo(1);
        assertThat(figures.get("validations").asInt()).isEqualTo(2);
        assertThat(figures.get("selected_by").asText()).isEqualTo("mae");
        for (String score :
                List.of("loss", "pinball", "mse", "mae", "mse_of_mean", "mae_of_mean")) {
            assertThat(figures.get("validation_" + score).asDouble()).as(score).isPositive();
        }
        assertThat(figures.get("loss").asDouble()).isPositive();
        assertThat(figures.get("seconds").asDouble()).isPositive();
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.name()).isEqualTo("load");
            assertThat(model.version()).isEqualTo(figures.get("model_version").asText());
            assertThat(model.spec().tickMillis()).isEqualTo(3_600_000);
            assertThat(model.spec().horizon()).isEqualTo(6);
            assertThat(model.spec().quantileLevels()).containsExactly(0.1, 0.5);
            assertThat(model.spec().calendarFeatures())
                    .containsExactly(CalendarFeature.HOUR_OF_DAY);
        }
        assertThat(directory.resolve("models").toFile().list())
                .containsExactlyInAnyOrder("load.md", "load.onnx");
    }

    @ParameterizedTest
    @EnumSource(names = "STREAMING", mode = EnumSource.Mode.EXCLUDE)
    void everyPresetTrainsOverTheContextThatIsAskedFor(Preset preset) {
        assertThat(train("--preset", preset.toString(), "--context", "12")).isEqualTo(ExitCodes.OK);
        assertThat(output).exists();
        assertThat(err.toString()).contains("context of 12, horizon of 6");
    }

    @Test
    void theCalendarFollowsTheClocksOfATimeZone() {
        String[] zone = {"--calendar", "hour-of-day", "--calendar-zone", "Europe/Berln"};
        assertRefused(
                "calendarZone is Europe/Berln; expected the name of a time zone, such as"
                        + " Europe/Berlin",
                zone);
        zone[3] = "Europe/Berlin";
        assertThat(train(zone)).isEqualTo(ExitCodes.OK);
        assertThat(err.toString()).contains("calendar [HOUR_OF_DAY] in Europe/Berlin");
    }

    @Test
    void theStreamingPresetDerivesItsContext() {
        assertRefused(
                "--context does not apply to the preset streaming, whose context is patch * (layers"
                        + " * (window - 1) + 1) ticks; give --patch, --attention-window or --layers",
                "--context",
                "12");
    }

    @Test
    void whatLiesInTheTestPartChangesNothingOfTheModel() throws IOException {
        assertThat(train("--split", "200,100,100")).isEqualTo(ExitCodes.OK);
        byte[] expected = Files.readAllBytes(output);
        List<String> rows = Files.readAllLines(data);
        Files.write(data, rows.subList(0, 301));
        String gone = "1970-02-01T00:00:00Z,1e9,-1e9";
        Files.writeString(data, gone, StandardOpenOption.APPEND);

        assertThat(train("--split", "200,100,100")).isEqualTo(ExitCodes.OK);

        assertThat(Files.readAllBytes(output)).isEqualTo(expected);
        assertThat(train("--split", "250,50,100")).isEqualTo(ExitCodes.OK);
        assertThat(Files.readAllBytes(output)).isNotEqualTo(expected);
    }

    @Test
    void aSplitThatDoesNotFitIsOneLine() {
        assertRefused(
                "the validation part is 5 ticks; expected at least the horizon of 6",
                "--split",
                "200,5,100");
        assertRefused(
                data
                        + ", lines 2 to 401: 400 ticks of 3600000 ms; expected at least 14400 for"
                        + " 8640, 2880 and 2880 ticks; give more rows or another split (--split)",
                "--split",
                "ett");
    }

    @Test
    void severalSeedsBecomeOneFileThatOpensAndSaysSo() throws IOException {
        assertThat(train("--json", "--seeds", "2", "--combine", "ensemble"))
                .isEqualTo(ExitCodes.OK);

        assertThat(err.toString()).contains("seed 2 of 2, step 6 of 6: loss");
        JsonNode figures = new ObjectMapper().readTree(lastLine(out));
        assertThat(figures.get("combined").asText()).isEqualTo("ensemble");
        assertThat(figures.get("seeds")).hasSize(2);
        assertThat(figures.get("seeds").get(1).get("validation_mse").asDouble()).isPositive();
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec().network()).isInstanceOf(EnsembleArchitecture.class);
        }
    }

    @Test
    void aModelIsFineTunedForAShorterHorizon() throws IOException {
        assertThat(train()).isEqualTo(ExitCodes.OK);
        Path first = output;
        output = directory.resolve("models/tuned.onnx");
        int exitCode =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "train",
                                "--data=" + data,
                                "--output=" + output,
                                "--from=" + first,
                                "--horizon=3",
                                "--steps=2",
                                "--batch=2");

        assertThat(exitCode).isEqualTo(ExitCodes.OK);
        assertThat(err.toString())
                .contains("fine-tuning " + first + ", load ")
                .contains("which was trained on ticks of 3600000 ms and forecasts 6")
                .contains("horizon of 3");
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec().horizon()).isEqualTo(3);
            assertThat(model.spec().contextLength()).isEqualTo(20);
        }
    }

    @Test
    void anOptionThatTheModelToFineTuneDecidesIsOneLine() {
        assertThat(train()).isEqualTo(ExitCodes.OK);
        Path first = output;
        output = directory.resolve("models/tuned.onnx");

        assertRefused(
                "--patch conflicts with --from "
                        + first
                        + ", whose weights fix it; leave it out, or train from scratch without"
                        + " --from",
                "--from",
                first.toString());
    }

    @Test
    void aDirectoryInPlaceOfTheModelToGoOnFromIsOneLine() {
        assertRefused(
                directory + ": this is a directory; expected an ONNX file",
                "--from",
                directory.toString());
    }

    @Test
    void aSeasonOfLessThanOneTickIsOneLine() {
        assertRefused("--season is -3; expected at least 1 tick, auto or none", "--season=-3");
    }

    @Test
    void aFileThatIsNotThereIsOneLine() {
        data = directory.resolve("gone.csv");

        assertRefused(data + ": no such file or directory");
    }

    @Test
    void aColumnThatIsNotThereIsOneLine() {
        assertRefused(
                data + ": line 1: there is no column \"flat\"; the columns are time, house, works",
                "--columns",
                "house,flat");
    }

    @Test
    void tooFewRowsAreOneLine() {
        assertRefused(
                data
                        + ", lines 2 to 31, column \"house\": too little history, 30 ticks of"
                        + " 3600000 ms from its first value to its last; expected at least 32, a"
                        + " context of 20 and twice the horizon of 6: give more rows, or a shorter"
                        + " horizon or context",
                "--rows",
                "0:30");
    }

    @Test
    void aSettingOutOfItsRangeIsOneLine() {
        assertRefused("dropout is 1.5; expected 0 or more and below 1", "--dropout", "1.5");
        assertRefused(
                "validation share is 0.9; expected more than 0 and at most 0.5",
                "--validation-share",
                "0.9");
        assertRefused("averageDecay is 1.0; expected 0 or more and below 1", "--ema", "1");
        assertRefused("threads is 0; expected at least 1", "--threads", "0");
        assertRefused("width is 9; expected a multiple of heads = 2", "--width", "9");
        assertRefused(
                "\"moon\" is not a calendar cycle; expected some of hour-of-day, day-of-week,"
                        + " day-of-year, or none",
                "--calendar",
                "moon");
        assertRefused(
                "rows 5; expected FIRST:END, for example 0:8640 for the first 8640 rows",
                "--rows",
                "5");
    }

    @Test
    void aModelOrBatchTooLargeForMemoryIsOneLine() {
        assertRefused(
                "the spec asks for more than 536870911 parameters,"
                        + " block0.attention.key[16384,16384] among them; expected a smaller"
                        + " width, fewer layers or a shorter horizon",
                "--width",
                "16384");
        assertRefused("width is 100000; expected at least 1, at most 65536", "--width", "100000");
        assertRefused(
                "2 layers that attend to 1000000000 tokens of 4 ticks see more than 2147483647"
                        + " ticks; expected fewer",
                "--attention-window",
                "1000000000");
        assertRefused(
                "a tensor of shape [1000000000, 5, 8] takes more than 2 GiB; expected less: compute"
                        + " fewer windows or series at once, or make the model smaller",
                "--batch",
                "1000000000");
    }

    @Test
    void aShortHistoryGetsAShortContextUnlessToldOtherwise() {
        int exitCode =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .setErr(new PrintWriter(err, true))
                        .execute(
                                "train",
                                "--data=" + data,
                                "--output=" + output,
                                "--horizon=6",
                                "--width=8",
                                "--heads=2",
                                "--steps=1",
                                "--batch=2");

        assertThat(err.toString()).contains("context of 44, horizon of 6");
        assertThat(exitCode).isEqualTo(ExitCodes.OK);
    }

    @Test
    void theSeasonOfTheHistoryIsFoundAndTakenAroundTheNetwork() throws IOException {
        assertThat(train("--attention-window", "8")).as(err.toString()).isEqualTo(ExitCodes.OK);

        assertThat(err.toString()).contains("2 seasons of 24");
        assertThat(spec().seasonalPath()).isEqualTo(new SeasonalPath(24, 2));
    }

    @Test
    void aSeasonIsTakenAsGivenByAnyPresetAndNoneTakesNone() throws IOException {
        assertThat(train("--season=6", "--seasons=3", "--preset=lstm", "--context=32"))
                .isEqualTo(ExitCodes.OK);
        assertThat(spec().seasonalPath()).isEqualTo(new SeasonalPath(6, 3));

        assertThat(train("--attention-window", "8", "--season=none")).isEqualTo(ExitCodes.OK);
        assertThat(spec().seasonalPath()).isNull();
    }

    @Test
    void aSeasonThatTheContextDoesNotHoldIsOneLine() {
        assertThat(train("--season=168")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("--season is 168").contains("the context has");
    }

    private ForecastSpec spec() throws IOException {
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            return model.spec();
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsSaidBeforeTraining() {
        output = directory.resolve("load.csv/load.onnx");

        assertThat(train()).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastLine(err))
                .isEqualTo("error: " + directory.resolve("load.csv") + ": it exists already");
        assertThat(err.toString()).doesNotContain("step ");
    }

    @Test
    void aSnapshotLeftBehindIsMentioned() throws IOException {
        Files.createDirectories(output.getParent());
        Path snapshot = output.resolveSibling("load.onnx.snapshot");
        Files.writeString(snapshot, "left");

        assertThat(train()).isEqualTo(ExitCodes.OK);
        assertThat(err.toString())
                .contains(
                        snapshot
                                + " is left over from an interrupted training and will be replaced;"
                                + " --resume would continue it");
        assertThat(snapshot).doesNotExist();
    }

    @Test
    void anUnreadableTickIsOneLineAndAHint() {
        assertThat(train("--tick", "often")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString())
                .contains(
                        "'often' is not a length of time; expected for example 500ms, 30s, 15m, 1h,"
                                + " 1d or PT1H")
                .doesNotContain("\tat ");
    }

    @Test
    void aModelIsTrainedOnSeriesThatNobodyMeasured() throws IOException {
        String[] first = synthetic("--synthetic-seed=5", "--output=" + output);

        assertThat(TickformerCommand.commandLine().execute(first)).isEqualTo(ExitCodes.OK);
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec().horizon()).isEqualTo(4);
            assertThat(model.spec().tickMillis()).isEqualTo(3_600_000);
        }
        assertThat(Files.readString(output.resolveSibling("load.md")))
                .contains("12 synthetic series of seed 5")
                .contains("--synthetic 12");
    }

    @Test
    void syntheticSeriesGoWithoutAFile() {
        assertSyntheticRefused(
                "--synthetic generates its own history; give it without --data, --topic and their"
                        + " options",
                "--data=" + data);
        assertSyntheticRefused("--synthetic is 0; expected at least 1", "--synthetic=0");
        assertSyntheticRefused(
                "--synthetic-ticks is -1; expected at least 1", "--synthetic-ticks=-1");
    }

    private void assertSyntheticRefused(String message, String option) {
        err.getBuffer().setLength(0);
        int exitCode =
                TickformerCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .setOverwrittenOptionsAllowed(true)
                        .execute(synthetic(option, "--output=" + output));
        assertThat(exitCode).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastLine(err)).isEqualTo("error: " + message);
    }

    private static String[] synthetic(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--synthetic=12", "--synthetic-ticks=120"));
        arguments.addAll(List.of("--patch=4", "--attention-window=3", "--layers=1", "--width=8"));
        arguments.addAll(List.of("--heads=2", "--horizon=4", "--steps=2", "--calendar=none"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    @Test
    void withoutDataAndOutputTheyAreAskedFor() {
        assertThat(execute("train")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("--output=FILE.onnx");
        assertThat(execute("train", "--output=" + output)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastLine(err)).contains("--data FILE").contains("--topic NAME");
    }

    private int execute(String... arguments) {
        return TickformerCommand.commandLine()
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void settingsOfTheJobGoWithATopicOnlyAndSlipsAreToldAsSuch() {
        assertRefused(
                "--source.format is a setting of the job; expected only together with --topic",
                "--source.format=json");
        assertRefused(
                "--topic excludes --data and the options that select rows and columns; give one or"
                        + " the other",
                "--topic=readings");
        assertThat(train("--source.frmat=json")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("error: Unknown option: '--source.frmat=json'");
    }

    private void assertRefused(String message, String... more) {
        err.getBuffer().setLength(0);
        assertThat(train(more)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastLine(err)).isEqualTo("error: " + message);
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    private static String lastLine(StringWriter text) {
        List<String> lines = text.toString().lines().toList();
        return lines.get(lines.size() - 1);
    }

    private int train(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("train", "--data", data.toString(), "--output", output.toString()));
        List<String> small =
                List.of(
                        "--horizon=6",
                        "--patch=4",
                        "--attention-window=3",
                        "--layers=2",
                        "--width=8",
                        "--heads=2",
                        "--steps=6",
                        "--batch=4",
                        "--evaluate-every=3");
        for (String option : small) {
            String name = option.substring(0, option.indexOf('='));
            if (!List.of(more).contains(name)) {
                arguments.add(option);
            }
        }
        arguments.addAll(List.of(more));
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(new String[0]));
    }
}
