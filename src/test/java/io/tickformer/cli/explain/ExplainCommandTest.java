package io.tickformer.cli.explain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.graph.Dim;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path model;
    private Path data;
    private Path page;

    @BeforeEach
    void writeModelAndHistory() throws IOException {
        model = folder.resolve("own.onnx");
        data = folder.resolve("minutes.csv");
        page = folder.resolve("pages/own.html");
        Files.write(model, TestModels.transformer(TestModels.STREAMING, 7));
        StringBuilder csv = new StringBuilder("time,a,b\n");
        for (int minute = 0; minute < 60; minute++) {
            csv.append(Instant.ofEpochSecond(60L * minute))
                    .append(',')
                    .append(Math.sin(minute / 3.0))
                    .append(',')
                    .append(minute % 7 == 0 ? "" : 100 + minute % 5)
                    .append('\n');
        }
        Files.writeString(data, csv);
    }

    @Test
    void theFiguresAndThePageSayHowFarItLooks() throws IOException {
        assertThat(explain("--json", "--windows", "6")).as(err.toString()).isEqualTo(ExitCodes.OK);

        JsonNode figures = lastLine();
        assertThat(figures.get("context_length").asInt()).isEqualTo(10);
        assertThat(figures.get("architecture_reach").asInt()).isEqualTo(10);
        assertThat(figures.get("furthest_tick").asInt()).isEqualTo(10);
        assertThat(figures.get("windows").asInt()).isEqualTo(6);
        assertThat(figures.get("steps").size()).isEqualTo(4);
        assertThat(figures.get("influence").size()).isEqualTo(10);
        assertThat(figures.get("attention").size()).isEqualTo(4);
        assertThat(figures.get("ticks_50").asInt()).isBetween(1, 10);
        String html = Files.readString(page);
        assertThat(html)
                .contains("uPlot")
                .contains("\"model\":\"test\"")
                .contains("\"heads\":[{\"place\":\"layer 1\"")
                .doesNotContain("/*uplot", "/*data.json*/", "/*explain")
                .doesNotContain("<script src", "<link");
    }

    @Test
    void oneSeriesAtOneTimeIsOneWindow() throws IOException {
        int exitCode =
                explain(
                        "--json",
                        "--series",
                        "a",
                        "--at",
                        "1970-01-01T00:30:00Z",
                        "--steps",
                        "1,3");

        assertThat(exitCode).as(err.toString()).isEqualTo(ExitCodes.OK);
        assertThat(lastLine().get("windows").asInt()).isEqualTo(1);
        assertThat(lastLine().get("steps").toString()).isEqualTo("[1,3]");
    }

    @Test
    void aSeriesMayBeCalledAnything() throws IOException {
        String name = "</script><b>/*explain.js*/{{data}}";
        Files.writeString(data, Files.readString(data).replace("time,a,b", "time,a," + name));

        assertThat(explain("--series", name, "--windows", "1")).as(err.toString()).isZero();

        String html = Files.readString(page);
        assertThat(html)
                .contains("\\u003c/script>\\u003cb>/*explain.js*/{{data}}")
                .doesNotContain("</script><b>");
    }

    @Test
    void mistakesAreOneLine() throws IOException {
        assertRefused("there is no series \"c\"; the series are a, b", "--series", "c");
        assertRefused("--at is \"noon\"; expected ISO 8601", "--at", "noon");
        assertRefused("there is no value at the requested time", "--at", "2020-01-01");
        assertRefused("--steps has 5; expected steps from 1 to 4", "--steps", "5");
        assertRefused("--windows is 0; expected at least 1", "--windows", "0");
        assertRefused("no series spans the context of 10 ticks", "--rows", "0:9");
        Files.write(model, ForeignModels.plain(Dim.BATCH));
        assertRefused("this is not a network of Tickformer");
        Files.write(model, TestModels.transformer(TestModels.CHANNELS, 7));
        assertRefused(
                "is a multichannel model of power, voltage, phase.angle; explain supports only"
                        + " models of single series");
    }

    @Test
    void ticksCoarserThanTheModelsAreRefusedUnlessItIsPutOnThem() throws IOException {
        StringBuilder csv = new StringBuilder("time,a\n");
        for (int hour = 0; hour < 60; hour++) {
            csv.append(Instant.ofEpochSecond(3600L * hour)).append(',').append(hour % 5);
            csv.append('\n');
        }
        Files.writeString(data, csv);

        assertRefused("has ticks of 3600000 ms; the model " + model + " forecasts ticks of 60000");
        assertThat(explain("--tick", "1h")).as(err.toString()).isEqualTo(ExitCodes.OK);
    }

    @Test
    void aDirectoryInPlaceOfAModelIsOneLine() {
        model = folder;

        assertRefused(folder + ": this is a directory; expected an ONNX file");
    }

    private void assertRefused(String words, String... arguments) {
        assertThat(explain(arguments)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines().reduce("", (before, line) -> line)).contains(words);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    private int explain(String... more) {
        List<String> arguments = new ArrayList<>(List.of("explain"));
        arguments.addAll(List.of("--model=" + model, "--data=" + data, "--output=" + page));
        arguments.addAll(List.of(more));
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode lastLine() throws IOException {
        String last = out.toString().lines().reduce("", (before, line) -> line);
        return new ObjectMapper().readTree(last);
    }
}
