package io.tickformer.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
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
import picocli.CommandLine;

/** Commands with multichannel models. */
class ChannelCommandsTest {
    @TempDir private Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path data;
    private Path output;

    /** Two meters in one wide file, of which the second has no phase. */
    @BeforeEach
    void writeHistory() throws IOException {
        data = directory.resolve("meters.csv");
        output = directory.resolve("meters.onnx");
        StringBuilder csv = new StringBuilder("time,m1/power,m1/volt,m2/power,m2/volt,weather\n");
        for (int hour = 0; hour < 400; hour++) {
            double wave = Math.sin(2 * Math.PI * hour / 24);
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%.3f,%.3f,%.3f,%s,%d%n",
                            Instant.ofEpochSecond(3600L * hour),
                            2 + wave,
                            230 - 3 * wave,
                            500 + 20 * wave,
                            hour % 9 == 0 ? "" : "231",
                            hour % 7));
        }
        Files.writeString(data, csv);
    }

    @Test
    void groupsOfColumnsAreTrainedOnTogetherAndJudgedSeriesBySeries() throws IOException {
        assertThat(train("--channels", "power,volt", "--split", "7:1:2"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        assertThat(err.toString())
                .contains("series left out because they are not channels: weather")
                .contains("4 series from " + data)
                .contains(", the channels power, volt together; ticks of 3600000 ms");
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec().channels()).containsExactly("power", "volt");
        }
        assertThat(Files.readString(directory.resolve("meters.md")))
                .contains("forecasts the 2 channels of a record together")
                .contains("The channels of a record are forecast together from their past")
                .contains("--channels power,volt");

        for (String protocol : List.of("ltsf", "rolling")) {
            JsonNode json = backtest("--protocol", protocol, "--split", "7:1:2");
            assertThat(json.get("series").asInt()).isEqualTo(4);
            assertThat(json.get("by_series").size()).isEqualTo(4);
            for (String series : List.of("m1/power", "m1/volt", "m2/power", "m2/volt")) {
                JsonNode errors = json.get("by_series").get(series);
                assertThat(errors.get("mae").asDouble()).as(series).isPositive();
            }
            assertThat(json.at("/baselines/naive/mae").asDouble()).isPositive();
        }
        assertThat(run("inspect", output.toString())).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("channels").contains("power, volt");
    }

    @Test
    void aLongFileOfKeysWithChannelsIsTheSameHistory() throws IOException {
        assertThat(train("--channels", "power,volt")).isEqualTo(ExitCodes.OK);
        byte[] wide = Files.readAllBytes(output);
        List<String> rows = Files.readAllLines(data);
        String[] header = rows.get(0).split(",", -1);
        StringBuilder csv = new StringBuilder("series,time,value\n");
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            for (int i = 1; i < header.length; i++) {
                csv.append("%s,%s,%s%n".formatted(header[i], cells[0], cells[i]));
            }
        }
        Files.writeString(data, csv);

        assertThat(train("--channels", "power,volt")).as(err.toString()).isEqualTo(ExitCodes.OK);

        assertThat(Files.readAllBytes(output)).isEqualTo(wide);
    }

    @Test
    void columnsCalledAsTheChannelsAreOneRecord() throws IOException {
        assertThat(train("--channels", "m1/power,m2/power")).isEqualTo(ExitCodes.OK);

        assertThat(backtest("--split", "7:1:2").get("by_series").size()).isEqualTo(2);
        assertThat(backtest("--split", "7:1:2").at("/by_series").has("m2/power")).isTrue();
    }

    @Test
    void aRecordMayLackAChannelButAChannelNotEveryRecord() throws IOException {
        assertThat(train("--columns", "m1/power,m1/volt,m2/power", "--channels", "power,volt"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(err.toString()).contains("records without a value for every channel: m2");

        assertThat(train("--channels", "power,current")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString())
                .contains(
                        "no series belongs to the channel current; expected a series current, or"
                                + " KEY/current for each record; the history has m1/power, m1/volt");
        assertThat(train("--channels", "power")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("channels is [power]; expected two or more");
    }

    @Test
    void fineTuningKeepsTheChannelsOfItsOrigin() throws IOException {
        assertThat(train("--channels", "power,volt", "--horizon", "6")).isEqualTo(ExitCodes.OK);
        Path origin = directory.resolve("origin.onnx");
        Files.move(output, origin);

        assertThat(
                        run(
                                "train",
                                "--data",
                                data.toString(),
                                "--output",
                                output.toString(),
                                "--from",
                                origin.toString(),
                                "--steps",
                                "4",
                                "--horizon",
                                "3"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec().channels()).containsExactly("power", "volt");
            assertThat(model.spec().horizon()).isEqualTo(3);
        }
        assertThat(
                        run(
                                "train",
                                "--data",
                                data.toString(),
                                "--output",
                                output.toString(),
                                "--from",
                                origin.toString(),
                                "--channels",
                                "power,volt"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("--channels conflicts with --from");
    }

    private int train(String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--data=" + data,
                                "--output=" + output,
                                "--patch=4",
                                "--attention-window=3",
                                "--layers=1",
                                "--width=8",
                                "--heads=2",
                                "--steps=6",
                                "--batch=8",
                                "--evaluate-every=3"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--horizon")) {
            arguments.add("--horizon=6");
        }
        return run(arguments.toArray(String[]::new));
    }

    private JsonNode backtest(String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "backtest",
                                "--data=" + data,
                                "--model=" + output,
                                "--baselines=naive,linear",
                                "--baseline-steps=3",
                                "--json"));
        arguments.addAll(List.of(more));
        assertThat(run(arguments.toArray(String[]::new)))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private int run(String... arguments) {
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
