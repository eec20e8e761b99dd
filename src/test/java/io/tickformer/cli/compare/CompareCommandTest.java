package io.tickformer.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path data;

    @BeforeEach
    void writeHistory() throws IOException {
        data = folder.resolve("load.csv");
        StringBuilder csv = new StringBuilder("time,house\n");
        for (int hour = 0; hour < 400; hour++) {
            csv.append(Instant.ofEpochSecond(3600L * hour))
                    .append(',')
                    .append(2 + Math.sin(2 * Math.PI * hour / 24))
                    .append('\n');
        }
        Files.writeString(data, csv);
    }

    @Test
    void everyArchitectureAskedForHasARowAndTheBaselineToo() throws IOException {
        Path page = folder.resolve("docs/architectures.md");

        int exitCode =
                compare("--presets", "cnn,lstm-attention,nlinear", "--output", page.toString());

        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCodes.OK);
        JsonNode rows = lastLine().get("architectures");
        assertThat(rows).extracting(row -> row.get("name").asText()).hasSize(4).startsWith("cnn");
        assertThat(rows.get(3).get("name").asText()).matches("seasonal naive \\(\\d+ ticks\\)");
        for (int i = 0; i < 3; i++) {
            assertThat(rows.get(i).get("parameters").asInt()).isPositive();
            assertThat(rows.get(i).get("steps").asInt()).isEqualTo(4);
            assertThat(rows.get(i).get("micros_single").asDouble()).isPositive();
            assertThat(rows.get(i).get("mse").asDouble()).isPositive();
        }
        assertThat(Files.readString(page))
                .contains("tickformer compare --data load.csv --split 7:1:2 --horizon 6 --steps 4")
                .contains("| cnn | 40 | ")
                .contains("| lstm-attention | 32 | ")
                .contains("| nlinear | 44 | ")
                .containsPattern("\\| seasonal naive \\(\\d+ ticks\\) \\| – \\| ")
                .doesNotContain(folder.toString());
    }

    @Test
    void theSameSeedGivesTheSameErrors() throws IOException {
        Path kept = folder.resolve("kept");

        assertThat(compare("--presets", "dlinear", "--models", kept.toString()))
                .isEqualTo(ExitCodes.OK);
        String first = lastLine().get("architectures").get(0).get("mse").asText();
        assertThat(compare("--presets", "dlinear")).isEqualTo(ExitCodes.OK);

        assertThat(lastLine().get("architectures").get(0).get("mse").asText()).isEqualTo(first);
        assertThat(kept.resolve("dlinear.onnx")).exists();
    }

    @Test
    void aSplitThatDoesNotFitIsOneLine() {
        assertThat(compare("--split", "1000,10,10")).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("error: ").doesNotContain("\tat ");
    }

    private int compare(String... more) {
        List<String> arguments = new ArrayList<>(List.of("compare", "--data=" + data, "--json"));
        arguments.addAll(List.of("--split=7:1:2", "--horizon=6", "--steps=4", "--batch=2"));
        arguments.addAll(List.of(more));
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setOverwrittenOptionsAllowed(true)
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode lastLine() throws IOException {
        String last = out.toString().lines().reduce("", (before, line) -> line);
        return new ObjectMapper().readTree(last);
    }
}
