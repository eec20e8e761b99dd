package io.tickformer.lab.drill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.console.ExitCodes;
import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.testing.CommandRun;
import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
final class DrillIT {
    @Test
    void aQuickDrillOfTheUniversalModelJudgesEveryCase() throws Exception {
        CommandRun run = CommandRun.of("drill", "--quick", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
        List<JsonNode> lines = lines(run);
        assertThat(lines).extracting(line -> line.get("case").asText()).doesNotHaveDuplicates();
        assertThat(lines).hasSizeGreaterThan(20);
        for (JsonNode line : lines) {
            assertThat(line.get("errorRatio").isNumber()).as("%s", line).isTrue();
            assertThat(line.get("widthRatio").isNumber()).as("%s", line).isTrue();
            assertThat(line.get("expectedForecasts").asLong()).as("%s", line).isPositive();
            assertThat(line.has("forecasts")).as("%s", line).isTrue();
        }
    }

    @Test
    void readingsThatComeTwiceOrInAnotherUnitChangeNothing() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "drill",
                        "--case=twice",
                        "--case=scale-1e*",
                        "--case=level*",
                        "--model-only",
                        "--strict",
                        "--json");

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCodes.OK);
        assertThat(lines(run)).hasSizeGreaterThan(10);
        for (JsonNode line : lines(run)) {
            assertThat(line.get("errorRatio").asDouble()).isBetween(0.999, 1.001);
            assertThat(line.get("forecasts")).isEqualTo(line.get("expectedForecasts"));
            assertThat(line.has("broken")).isFalse();
        }
    }

    @Test
    void noStreamTakesAForecastFromAnybody() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "drill",
                        "--case=late-device",
                        "--case=device-backlog",
                        "--case=clock-*",
                        "--case=by-series",
                        "--case=backwards",
                        "--case=shuffled",
                        "--case=away",
                        "--strict",
                        "--json");

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCodes.OK);
        assertThat(lines(run)).hasSize(8);
        for (JsonNode line : lines(run)) {
            assertThat(line.get("errorRatio").asDouble()).as("%s", line).isBetween(0.999, 1.001);
            assertThat(line.get("forecasts"))
                    .as("%s", line)
                    .isEqualTo(line.get("expectedForecasts"));
        }
    }

    @Test
    void whatHasLeftTheContextInfluencesNothing() throws Exception {
        CommandRun run =
                CommandRun.of("drill", "--quick", "--case=spike-1e9", "--model-only", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
        JsonNode forgotten = lines(run).get(1);
        assertThat(forgotten.get("case").asText()).isEqualTo("spike-1e9 forgotten");
        assertThat(forgotten.get("difference").asDouble()).isLessThan(1e-3);
        assertThat(forgotten.has("broken")).isFalse();
    }

    @Test
    void anAbsurdReadingNeitherWidensCalibratedAndMixedForecastsNorStaysInThem() throws Exception {
        CommandRun run = CommandRun.of("drill", "--quick", "--case=spike-1e9", "--json");

        assertThat(run.code()).as(run.err()).isEqualTo(ExitCodes.OK);
        assertThat(lines(run).get(0).get("errorRatio").asDouble()).isLessThan(1.2);
        assertThat(lines(run).get(0).get("widthRatio").asDouble()).isLessThan(1.2);
        JsonNode forgotten = lines(run).get(1);
        assertThat(forgotten.get("case").asText()).isEqualTo("spike-1e9 forgotten");
        assertThat(forgotten.get("difference").asDouble()).isLessThan(0.1);
    }

    @Test
    void theListSaysWhatHappensInEachCase() {
        CommandRun run = CommandRun.of("drill", "--list", "--case=spike*");

        assertThat(run.code()).isEqualTo(ExitCodes.OK);
        assertThat(run.out().lines())
                .allMatch(line -> line.startsWith("spike"))
                .anyMatch(line -> line.endsWith("one reading is off by 1e6 spreads"));
    }

    @Test
    void aCaseThatIsNotThereIsOneLine() {
        CommandRun run = CommandRun.of("drill", "--case=nonsense");

        assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains("--case is nonsense; expected the name of a case, as --list shows them");
    }

    @Test
    void aFileThatIsNoModelIsOneLine() {
        CommandRun run = CommandRun.of("drill", "--model=README.md");

        assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(run.err().lines()).singleElement().asString().contains("README.md");
    }

    @Test
    void aModelThatTakesSumsAloneIsRefusedInOneLine(@TempDir Path folder) throws Exception {
        byte[] sums =
                TestModels.transformer(
                        TestModels.STREAMING.withTickMeaning(TickMeaning.of(TickAggregate.SUM)), 1);
        Path model = Files.write(folder.resolve("sums.onnx"), sums);
        for (String list : List.of("--list", "--quick")) {
            CommandRun run = CommandRun.of("drill", list, "--model=" + model);

            assertThat(run.code()).isEqualTo(ExitCodes.USER_ERROR);
            assertThat(run.err().lines())
                    .singleElement()
                    .asString()
                    .contains("sum, empty ticks zero", "models/universal.onnx");
        }
    }

    private static List<JsonNode> lines(CommandRun run) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        return lines;
    }
}
