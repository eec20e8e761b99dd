package io.tickformer.cli.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DetectCommandTest {
    private static final int ROWS = 1_200;
    private static final int SPIKE = 900;
    private static final long STEP = 300_000;
    private static final String CHANNELS = "power,voltage,phase.angle";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path data;
    private Path model;
    private Path windows;

    @BeforeEach
    void writeFiles() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("spike.csv"), csv("value", 1, SPIKE));
        Files.writeString(data.resolve("calm.csv"), csv("value", 2, ROWS));
        model = folder.resolve("model.onnx");
        Files.write(model, TestModels.transformer(TestModels.STREAMING, 7));
        windows = folder.resolve("windows.json");
        write(
                "{\"some/folder/spike.csv\": [[\"%s\", \"%s\"]], \"calm.csv\": []}"
                        .formatted(text(SPIKE - 20), text(SPIKE + 20)));
    }

    @Test
    void anAnomalyIsALineOfJsonWithTheFieldsOfTheTopic() throws IOException {
        assertThat(detect("--false-alarm-ticks", "20000", "--json"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(1);
        JsonNode line = lines.get(0);
        assertThat(line.get("file").asText()).isEqualTo(data.resolve("spike.csv").toString());
        assertThat(line.get("series").asText()).isEqualTo("value");
        assertThat(line.get("tick_index").asInt()).isEqualTo(SPIKE);
        assertThat(line.get("tick_time").asText())
                .isEqualTo(Instant.ofEpochMilli(SPIKE * STEP).toString());
        assertThat(line.get("tick_millis").asLong()).isEqualTo(STEP);
        assertThat(line.get("value").asDouble()).isEqualTo(100);
        assertThat(line.get("expected").asDouble()).isBetween(-20.0, 20.0);
        assertThat(line.get("score").asDouble()).isGreaterThan(5);
        assertThat(line.get("is_high").asBoolean()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withWindowsTheLastLineHasTheScoresOfAllDetectors() throws IOException {
        assertThat(detect("--windows", windows.toString(), "--json"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        List<JsonNode> lines = lines();
        JsonNode last = lines.get(lines.size() - 1);
        assertThat(last.get("files").asInt()).isEqualTo(2);
        assertThat(last.get("windows").asInt()).isEqualTo(1);
        for (String profile : List.of("standard", "low_fp", "low_fn")) {
            assertThat(last.get(profile).asDouble()).isBetween(90.0, 100.0);
        }
        JsonNode others = last.get("detectors");
        for (String name : List.of("tickformer_alarms", "median_deviation", "windowed_gaussian")) {
            assertThat(others.get(name).get("standard").asDouble()).isBetween(0.0, 100.0);
        }
        // A threshold chosen afterwards is at least as good as that of the alarms.
        assertThat(last.get("standard").asDouble())
                .isGreaterThanOrEqualTo(others.get("tickformer_alarms").get("standard").asDouble());
    }

    @Test
    void aTableIsPrintedForPeople() throws IOException {
        assertThat(detect("--windows", windows.toString())).isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .contains("calm.csv, series value: ")
                .contains("anomalies in 1,200 ticks")
                .contains("over 2 files with 1 windows")
                .contains("windowed_gaussian");
    }

    @Test
    void oneSideCanBeWatched() throws IOException {
        assertThat(detect("--false-alarm-ticks", "20000", "--side", "low", "--json"))
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).doesNotContain("\"tick_index\":" + SPIKE);
    }

    @Test
    void mistakesEndWithOneLine() throws IOException {
        assertMistake("falseAlarmTicks is 3; expected at least 10", "--false-alarm-ticks", "3");
        write("[1, 2]");
        assertMistake("no JSON object; expected an object such as", windowsOption());
        write("{\"spike.csv\": [[\"then\", \"now\"]]}");
        assertMistake("\"then\" of spike.csv is not a time", windowsOption());
        write("{\"spike.csv\": [[\"2020-01-01 00:00:00\"]]}");
        assertMistake("the windows of spike.csv are not pairs of times", windowsOption());
        write("{\"spike.csv\": 3}");
        assertMistake("the windows of spike.csv are not pairs of times", windowsOption());
        write("{");
        assertMistake("no JSON", windowsOption());
        write("{\"spike.csv\": [], \"calm.csv\": []}");
        assertMistake("none of its windows is in a file of --data", windowsOption());
    }

    @Test
    void aFileThatTheWindowsDoNotNameIsLeftOutWithAWarning() throws IOException {
        write("{\"spike.csv\": [[\"%s\", \"%s\"]]}".formatted(text(880), text(920)));
        assertThat(detect(windowsOption())).isEqualTo(ExitCodes.OK);
        assertThat(err.toString()).contains("does not name calm.csv; it is left out");
        assertThat(out.toString()).contains("over 1 files with 1 windows");
    }

    @Test
    void windowsNeedFilesWithOneSeries() throws IOException {
        Files.writeString(
                data.resolve("spike.csv"),
                "time,a,b\n" + Instant.EPOCH + ",1,2\n" + Instant.EPOCH.plusSeconds(60) + ",1,2\n");
        assertMistake("has 2 series, and windows are of a file with one", windowsOption());
    }

    @Test
    void everyChannelOfARecordIsScoredAsASeriesOfItsOwn() throws IOException {
        Files.write(model, TestModels.transformer(TestModels.CHANNELS, 7));
        deleteFiles();
        Files.writeString(data.resolve("meters.csv"), records("meter"));

        assertThat(
                        detect(
                                "--key-column",
                                "meter",
                                "--columns",
                                CHANNELS,
                                "--false-alarm-ticks",
                                "20000",
                                "--json"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        assertThat(lines())
                .extracting(line -> line.get("series").asText() + "@" + line.get("tick_index"))
                .containsExactly("m1/voltage@" + SPIKE, "m2/power@" + (SPIKE + 50));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void ofAWideFileEachColumnIsAChannelAndOthersAreLeftOutWithANote() throws IOException {
        Files.write(model, TestModels.transformer(TestModels.CHANNELS, 7));
        deleteFiles();
        Files.writeString(data.resolve("meter.csv"), records(""));

        assertThat(detect("--false-alarm-ticks", "20000")).isEqualTo(ExitCodes.OK);

        assertThat(out.toString())
                .contains("meter.csv, series power: 0 anomalies in 1,200 ticks")
                .contains("meter.csv, series voltage: 1 anomalies in 1,199 ticks")
                .contains("meter.csv, series phase.angle: 0 anomalies in 1,200 ticks")
                .doesNotContain("series note");
        assertThat(err.toString().strip())
                .endsWith("meter.csv: series left out because they are not channels: other");
    }

    @Test
    void windowsAreNotOfModelsThatMixChannels() throws IOException {
        Files.write(model, TestModels.transformer(TestModels.CHANNELS, 7));
        assertMistake("--windows are of files with one series", windowsOption());
    }

    @Test
    void aFileWithoutAChannelIsAMistake() throws IOException {
        Files.write(model, TestModels.transformer(TestModels.CHANNELS, 7));
        assertMistake("no series belongs to the channel power");
    }

    @Test
    void filesThatAreMissingAreNamed() {
        int code = run("detect", "--model", model.toString(), "--data", folder + "/absent.csv");
        assertThat(code).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("absent.csv: no such file");
    }

    private void assertMistake(String message, String... options) throws IOException {
        assertThat(detect(options)).as(message).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains(message);
        assertThat(err.toString().strip()).doesNotContain("\n");
        err.getBuffer().setLength(0);
    }

    private String[] windowsOption() {
        return new String[] {"--windows", windows.toString()};
    }

    private void write(String json) throws IOException {
        Files.writeString(windows, json);
    }

    private int detect(String... options) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("detect", "--model", model.toString(), "--data", data.toString()));
        arguments.addAll(List.of(options));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    private static String csv(String column, long seed, int spike) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder("time," + column + "\n");
        for (int row = 0; row < ROWS; row++) {
            csv.append(Instant.ofEpochMilli(row * STEP))
                    .append(',')
                    .append(row == spike ? 100 : random.nextGaussian())
                    .append('\n');
        }
        return csv.toString();
    }

    private void deleteFiles() throws IOException {
        Files.delete(data.resolve("spike.csv"));
        Files.delete(data.resolve("calm.csv"));
    }

    /** Records of two meters with a spike each, or of one without a key and with a gap. */
    private static String records(String keyColumn) {
        Random random = new Random(3);
        boolean isLong = !keyColumn.isEmpty();
        StringBuilder csv = new StringBuilder("time,");
        csv.append(isLong ? keyColumn + "," : "").append(CHANNELS).append(",other\n");
        for (int row = 0; row < ROWS; row++) {
            for (int meter = 1; meter <= (isLong ? 2 : 1); meter++) {
                double power = meter == 2 && row == SPIKE + 50 ? 100 : random.nextGaussian();
                double voltage = meter == 1 && row == SPIKE ? -100 : random.nextGaussian();
                csv.append(Instant.ofEpochMilli(row * STEP)).append(',');
                csv.append(isLong ? "m" + meter + "," : "").append(power).append(',');
                csv.append(!isLong && row == 300 ? "" : voltage).append(',');
                csv.append(random.nextGaussian()).append(",1\n");
            }
        }
        return csv.toString();
    }

    private static String text(int row) {
        return Instant.ofEpochMilli(row * STEP).toString().replace('T', ' ').replace("Z", "");
    }
}
