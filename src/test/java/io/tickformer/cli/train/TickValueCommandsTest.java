package io.tickformer.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.spec.AcceptedTickMeanings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands on a file of rare events, 0.2 per tick. */
class TickValueCommandsTest {
    private static final int TICKS = 2_000;
    private static final long MINUTE = 60_000;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path directory;
    private Path events;
    private Path model;

    @BeforeEach
    void writeEvents() throws IOException {
        events = directory.resolve("events.csv");
        model = directory.resolve("events.onnx");
        StringBuilder csv = new StringBuilder("time,door,opened\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int tick = 0; tick < TICKS; tick++) {
            for (String door : new String[] {"front", "back"}) {
                if (random.nextInt(5) == 0) {
                    Instant at = Instant.ofEpochMilli(tick * MINUTE + random.nextLong(MINUTE));
                    csv.append(at).append(',').append(door).append(",1\n");
                }
            }
        }
        Files.writeString(events, csv);
    }

    private int execute(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private int train(Path output, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("train", "--tick=1m", "--output=" + output));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(String[]::new));
    }

    private int trainCounts() {
        return train(
                model,
                "--data=" + events,
                "--aggregate=count",
                "--horizon=4",
                "--patch=8",
                "--attention-window=4",
                "--layers=1",
                "--width=8",
                "--heads=2",
                "--steps=120",
                "--learning-rate=0.01",
                "--season=none");
    }

    private String lastError() {
        List<String> lines = err.toString().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void aModelOfCountsForecastsEveryTickNearTheRateOfTheEvents() throws IOException {
        assertThat(trainCounts()).as(err.toString()).isEqualTo(ExitCodes.OK);
        assertThat(Files.readString(directory.resolve("events.md")))
                .contains("each the count of its observations; empty ticks are zero");

        SplittableRandom random = new SplittableRandom(77);
        List<Tick> emitted = new ArrayList<>();
        for (int tick = 0; tick < TICKS; tick++) {
            if (tick == 0 || tick == TICKS - 1 || random.nextInt(5) == 0) {
                emitted.add(new Tick("side", tick, 1));
            }
        }
        double sum = 0;
        List<Forecast> forecasts;
        try (ForecastModel opened =
                        ForecastModel.open(Files.readAllBytes(model), ExecutionProvider.CPU);
                OfflineForecasts job = new OfflineForecasts(opened, 64, ForecastSelection.ALL)) {
            assertThat(opened.spec().tickMeaning()).isEqualTo(TickMeaning.of(TickAggregate.COUNT));
            forecasts = job.replay(emitted);
        }
        for (Forecast forecast : forecasts) {
            sum += forecast.mean()[0];
        }

        assertThat(forecasts).hasSize(TICKS);
        assertThat(sum / TICKS).isCloseTo(0.2, within(0.05));
    }

    @Test
    void everyCommandTakesTheTicksOfTheModelAndRefusesOthersInOneLine() throws IOException {
        assertThat(trainCounts()).isEqualTo(ExitCodes.OK);

        assertThat(
                        execute(
                                "backtest",
                                "--model=" + model,
                                "--data=" + events,
                                "--baselines=naive",
                                "--json"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        JsonNode json = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        // Nothing is known of the ticks after the last event of a door.
        assertThat(json.get("missing_targets").asLong()).isLessThan(40);
        assertThat(json.get("mae").asDouble())
                .isLessThan(json.at("/baselines/naive/mae").asDouble());
        String expected = "expected count, empty ticks zero, which the model was trained on";
        assertThat(execute("backtest", "--model=" + model, "--data=" + events, "--aggregate=mean"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastError())
                .isEqualTo(
                        "error: %s: the tick asked for is mean, empty ticks missing; %s"
                                .formatted(model, expected));
        assertThat(execute("explain", "--model=" + model, "--data=" + events, "--empty=last"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastError()).contains("is count, empty ticks last; " + expected);
        Path tuned = directory.resolve("tuned.onnx");
        assertThat(train(tuned, "--data=" + events, "--from=" + model, "--aggregate=sum"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastError()).contains("is sum, empty ticks zero; " + expected);
        assertThat(train(tuned, "--data=" + events, "--from=" + model, "--steps=1"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(metadata(tuned, "tickMeaning.empty")).isEqualTo("ZERO");
    }

    @Test
    void aModelOfSyntheticSeriesTakesAnyTicksAndOneFineTunedFromItItsOwn() throws IOException {
        Path any = directory.resolve("any.onnx");
        assertThat(
                        execute(
                                "train",
                                "--synthetic=12",
                                "--synthetic-ticks=120",
                                "--patch=4",
                                "--attention-window=3",
                                "--layers=1",
                                "--width=8",
                                "--heads=2",
                                "--horizon=4",
                                "--steps=2",
                                "--calendar=none",
                                "--output=" + any))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        try (ForecastModel opened =
                ForecastModel.open(Files.readAllBytes(any), ExecutionProvider.CPU)) {
            assertThat(opened.spec().tickFit()).isEqualTo(AcceptedTickMeanings.ANY);
        }
        assertThat(
                        execute(
                                "backtest",
                                "--model=" + any,
                                "--data=" + events,
                                "--tick=1m",
                                "--aggregate=count",
                                "--baselines=none"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        Path tuned = directory.resolve("tuned.onnx");
        assertThat(
                        train(
                                tuned,
                                "--data=" + events,
                                "--from=" + any,
                                "--aggregate=count",
                                "--steps=1"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        try (ForecastModel opened =
                ForecastModel.open(Files.readAllBytes(tuned), ExecutionProvider.CPU)) {
            assertThat(opened.spec().tickFit()).isEqualTo(AcceptedTickMeanings.OWN);
            assertThat(opened.spec().tickMeaning()).isEqualTo(TickMeaning.of(TickAggregate.COUNT));
        }
        assertThat(train(tuned, "--synthetic=12", "--aggregate=count"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(lastError()).contains("--synthetic generates its own history");
    }

    private String metadata(Path file, String row) {
        execute("inspect", file.toString());
        return out.toString()
                .lines()
                .filter(line -> line.strip().startsWith(row))
                .map(line -> line.strip().substring(row.length()).strip())
                .findFirst()
                .orElse("");
    }
}
