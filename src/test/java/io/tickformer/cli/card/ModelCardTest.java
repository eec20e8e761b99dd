package io.tickformer.cli.card;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.spec.LibraryVersion;
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

/** The model card that training writes and backtests extend. */
class ModelCardTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path data;
    private Path model;
    private Path card;

    @BeforeEach
    void writeHistory() throws IOException {
        data = folder.resolve("load.csv");
        model = folder.resolve("load.onnx");
        card = folder.resolve("load.md");
        StringBuilder csv = new StringBuilder("time,house|`a`,works\n");
        for (int hour = 0; hour < 400; hour++) {
            csv.append(
                    String.format(
                            Locale.ROOT,
                            "%s,%s,%.3f%n",
                            Instant.ofEpochSecond(3600L * hour),
                            hour % 10 == 5 ? "" : Double.toString(2 + Math.sin(hour / 4.0)),
                            5000 + 800 * Math.cos(2 * Math.PI * hour / 24)));
        }
        Files.writeString(data, csv);
    }

    @Test
    void theCardHoldsTheFactsOfTheTraining() throws IOException {
        JsonNode figures = train();

        assertThat(figures.get("card").asText()).isEqualTo(card.toString());
        String version = figures.get("model_version").asText();
        assertThat(Files.readString(card))
                .startsWith("# Model card: load\n\n<!-- tickformer model card, version " + version)
                .containsSubsequence(
                        "\n## Data\n",
                        "\n## Spec\n",
                        "\n## Training\n",
                        "\n## Backtest\n",
                        "\n## Limits\n",
                        "\n## Reproduce\n")
                .contains("| version | `" + version + "` |")
                .contains("| parameters | %,d |".formatted(figures.get("parameters").asInt()))
                .contains("| series | 2 |")
                .contains("| span | 1970-01-01 00:00 to 1970-01-17 15:00, 400 ticks |")
                .contains(
                        "| house\\|\\`a\\` | 1970-01-01 00:00 | 1970-01-17 15:00 | 400 | 10.00% |")
                .contains("| missing | 5.00% of the ticks")
                .contains("| trained on | 1970-01-01 00:00 to 1970-01-15 23:00, 360 ticks |")
                .contains("| validated on | 1970-01-16 00:00 to 1970-01-17 15:00, 40 ticks |")
                .contains("| horizon | `6 ticks (6 h)` |")
                .contains("{\"formatVersion\":1,\"tickMillis\":3600000,")
                .contains("| seed | `1` |")
                .contains("| 3 | ")
                .contains("2 of 2 validations")
                .contains("### Validation part, rolling")
                .containsPattern("\\| \\*\\*load\\*\\* \\| \\d")
                .containsPattern("\\| naive \\| \\d")
                .containsPattern("\\| seasonal-naive \\| \\d")
                .contains("**Its MASE is ")
                .contains("It forecasts 1 to 6 ticks ahead (6 h).")
                .contains("./tickformer train \\\n    --data " + data + " \\\n")
                .contains(" \\\n    --seed 1\n```")
                .doesNotContain("--json")
                .contains("| Tickformer | " + LibraryVersion.current() + " |")
                .contains("| Java | " + System.getProperty("java.version") + " |")
                .contains("| computed by | cpu, 1 thread |");
    }

    @Test
    void theCardOfAnEnsembleIsThatOfItsFile() throws IOException {
        JsonNode figures = train("--seeds=2", "--combine=ensemble");

        assertThat(Files.readString(card))
                .startsWith("# Model card: load\n")
                .contains("| architecture.kind | `ensemble` |")
                .contains("| parameters | %,d |".formatted(figures.get("parameters").asInt()))
                .contains("The file is an ensemble of all seeds and returns their mean")
                .contains("| seed | steps | best step | validation pinball | best |")
                .containsPattern("\\| 1 \\| 6 \\|")
                .containsPattern("\\| 2 \\| 6 \\|");
    }

    @Test
    void theSameTrainingWritesTheSameCardButForWhenItWasMade() throws IOException {
        train();
        String first = Files.readString(card);
        train();

        assertThat(lines(Files.readString(card))).isEqualTo(lines(first));
    }

    private static List<String> lines(String page) {
        return page.lines()
                .filter(line -> !line.startsWith("| trained in |"))
                .filter(line -> !line.startsWith("| made on |"))
                .toList();
    }

    @Test
    void aPageOfTheUsersIsNotReplacedAndNothingTrained() throws IOException {
        Files.writeString(card, "# My notes\n");

        assertThat(run("train")).isEqualTo(ExitCodes.USER_ERROR);

        assertThat(err.toString())
                .contains("error: " + card + ": this is not a model card")
                .doesNotContain("step ");
        assertThat(card).hasContent("# My notes");
        assertThat(model).doesNotExist();
    }

    @Test
    void aBacktestIsPutIntoTheCardOnce() throws IOException {
        train();
        String before = Files.readString(card);

        assertThat(backtest()).as(err.toString()).isEqualTo(ExitCodes.OK);
        String once = Files.readString(card);
        assertThat(backtest()).isEqualTo(ExitCodes.OK);

        assertThat(once)
                .contains(before.substring(0, before.indexOf("<!-- backtests end -->")))
                .contains("<!-- backtest rolling, load.csv, test part, horizon 6 begin -->")
                .contains("### load.csv, test part, rolling")
                .contains("./tickformer backtest");
        assertThat(Files.readString(card)).isEqualTo(once);
        assertThat(out.toString()).contains(card + ": the model card has the figures");
    }

    @Test
    void aBacktestOfAModelWithoutACardIsOneLine() throws IOException {
        train();
        Files.delete(card);

        assertThat(backtest()).isEqualTo(ExitCodes.USER_ERROR);

        assertThat(err.toString()).contains("error: " + card + ": there is no model card");
    }

    private int backtest() {
        return execute(
                "backtest",
                "--model=" + model,
                "--data=" + data,
                "--split=6:2:2",
                "--baselines=naive,seasonal-naive",
                "--cutoffs=3",
                "--card");
    }

    private JsonNode train(String... more) throws IOException {
        assertThat(run("train", more)).as(err.toString()).isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private int run(String name, String... more) {
        List<String> arguments = new ArrayList<>(List.of(name));
        arguments.addAll(
                List.of(
                        "--data=" + data,
                        "--output=" + model,
                        "--horizon=6",
                        "--patch=4",
                        "--attention-window=3",
                        "--layers=2",
                        "--width=8",
                        "--heads=2",
                        "--steps=6",
                        "--batch=4",
                        "--evaluate-every=3",
                        "--json"));
        arguments.addAll(List.of(more));
        return execute(arguments.toArray(new String[0]));
    }

    private int execute(String... arguments) {
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
