package io.tickformer.cli.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.testing.CommandRun;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forecasts of files, once. */
final class ForecastCommandTest {
    private static final int HOURS = 60;

    @TempDir private Path folder;
    private Path data;
    private Path model;

    private static double value(int hour) {
        return 2 + Math.sin(hour);
    }

    @BeforeEach
    void writeDataAndModel() throws IOException {
        StringBuilder csv = new StringBuilder("time,\"house, old\",flat\n");
        for (int hour = 0; hour < HOURS; hour++) {
            csv.append(Instant.ofEpochSecond(3600L * hour))
                    .append(',')
                    .append(value(hour))
                    .append(",7\n");
        }
        data = Files.writeString(folder.resolve("load.csv"), csv);
        // Ticks of an hour, a context of 16 and a horizon of 4.
        model = Files.write(folder.resolve("load.onnx"), TestModels.streaming());
    }

    private CommandRun run(String... more) {
        List<String> arguments = new ArrayList<>(List.of("forecast", "--data=" + data));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    @Test
    void everySeriesHasALineForEachStepAfterItsLastTick() {
        CommandRun run = run("--model=" + model, "--horizon=2");

        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .isEqualTo(
                        "series,step,time,mean,q0.025,q0.1,q0.25,q0.5,q0.75,q0.9,q0.975,quality");
        assertThat(lines.get(1)).startsWith("flat,1,1970-01-03T12:00:00Z,").endsWith(",OK");
        assertThat(lines.get(2)).startsWith("flat,2,1970-01-03T13:00:00Z,");
        assertThat(lines.get(3)).startsWith("\"house, old\",1,1970-01-03T12:00:00Z,");
        assertThat(lines).allSatisfy(line -> assertThat(line).doesNotContain("NaN"));
    }

    @Test
    void aLastTimeFarBehindTheOthersIsSaid() throws IOException {
        Files.writeString(
                data, Files.readString(data) + Instant.ofEpochSecond(3600L * 90_000) + ",2,7\n");
        for (String mode : new String[] {"--horizon=2", "--calibrated"}) {
            CommandRun run = run("--model=" + model, mode);

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("warning: flat: only what came from 1980-04-08T00:00:00Z on counts")
                    .contains("warning: house, old: ");
        }
        assertThat(run("--model=" + this.model, "--horizon=2").out()).contains(",WARMING_UP");
    }

    @Test
    void aGapThatTheModelRemembersIsNotSaid() throws IOException {
        String more = Instant.ofEpochSecond(3600L * (HOURS + 10)) + ",2,7\n";
        Files.writeString(data, Files.readString(data) + more);

        assertThat(run("--model=" + model).err()).doesNotContain("warning");
    }

    @Test
    void theForecastIsThatOfAJobOfTheSameReadings() throws Exception {
        List<Tick> ticks = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            ticks.add(new Tick("house, old", hour, value(hour)));
        }
        List<Forecast> expected;
        try (ForecastModel opened =
                        ForecastModel.open(Files.readAllBytes(model), ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(opened, 1, ForecastSelection.ALL)) {
            expected = offline.replay(ticks);
        }

        CommandRun run = run("--model=" + model, "--json");

        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(ForecastJson.decode(lines.get(1).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(expected.get(HOURS - 1));
    }

    @Test
    void aCalibratedForecastIsOfTheSameTick() throws Exception {
        CommandRun run = run("--model=" + model, "--calibrated", "--json");

        assertThat(run.code()).as(run.err()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(2);
        for (String line : lines) {
            Forecast forecast = ForecastJson.decode(line.getBytes(StandardCharsets.UTF_8));
            assertThat(forecast.tickIndex()).isEqualTo(HOURS - 1);
            assertThat(forecast.horizon()).isEqualTo(4);
        }
    }

    @Test
    void withoutAModelTheUniversalOneForecastsTicksOfTheFile() {
        CommandRun run = run("--horizon=1", "--columns=flat");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines().toList().get(1))
                .startsWith("flat,1,1970-01-03T12:00:00Z,7.0,")
                .endsWith(",WARMING_UP");
    }

    @Test
    void mistakesAreOneLineAndExitCodeTwo() throws IOException {
        Path coarse =
                Files.writeString(
                        folder.resolve("coarse.csv"),
                        "time,a\n2026-01-01,1\n2026-01-02,2\n2026-01-03,3\n");
        List<CommandRun> runs =
                List.of(
                        run("--model=" + model, "--horizon=5"),
                        run("--model=" + folder.resolve("none.onnx")),
                        CommandRun.of("forecast"),
                        CommandRun.of("forecast", "--data=" + coarse, "--model=" + model));

        assertThat(runs)
                .extracting(run -> run.err().lines().toList().get(0))
                .satisfiesExactly(
                        line -> assertThat(line).contains("--horizon is 5; expected 1 to 4"),
                        line -> assertThat(line).contains("no such file"),
                        line -> assertThat(line).contains("no history"),
                        line -> assertThat(line).contains("forecasts ticks of 3600000 ms"));
        assertThat(runs).extracting(CommandRun::code).containsOnly(2);
    }
}
