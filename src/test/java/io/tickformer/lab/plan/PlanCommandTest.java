package io.tickformer.lab.plan;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;
    private Path model;

    @BeforeEach
    void writeModel() throws IOException {
        model = folder.resolve("model.onnx");
        Files.write(model, TestModels.transformer(TestModels.STREAMING, 7));
    }

    @Test
    void aPlanOfGivenCostsSaysWhatItTakesForGranted() {
        assertThat(plan("--series", "1000000", "--tick", "1m", "--cost-micros", "12,150"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);

        assertThat(out.toString())
                .startsWith("1,000,000 series, a tick of 1m")
                .contains("forecasts     16,666.7 a second")
                .contains("a forecast    32.0 µs of a core")
                .contains("slots         1, one a core")
                .contains("memory versus cores")
                .contains("12.0 µs with a cache hit and 150.0 µs with a miss")
                .contains("as given")
                .contains("(--job-micros)")
                .contains("(--utilisation)");
    }

    @Test
    void thePlanIsTheSameEveryTimeAndItsJsonIsAlone() throws IOException {
        String[] options = {"--series=100000000", "--tick=1s", "--cost-micros=12,150", "--json"};
        assertThat(plan(options)).isEqualTo(ExitCodes.OK);
        String first = out.toString();
        out.getBuffer().setLength(0);
        plan(options);

        assertThat(out.toString()).isEqualTo(first);
        JsonNode json = new ObjectMapper().readTree(first);
        assertThat(json.get("forecastsPerSecond").asDouble()).isEqualTo(1e8);
        assertThat(json.get("microsPerForecast").asDouble()).isEqualTo(32);
        assertThat(json.get("cores").asDouble()).isEqualTo(3_200);
        assertThat(json.get("choices")).hasSize(6);
        assertThat(json.get("assumptions")).isNotEmpty();
    }

    @Test
    void fewerStepsAndLevelsMakeSmallerRecords() throws IOException {
        int all = forecastBytes();
        int some = forecastBytes("--horizon=1", "--quantile-levels=0.5");
        int inJson = forecastBytes("--format=json");

        assertThat(some).isLessThan(all);
        assertThat(inJson).isGreaterThan(all);
    }

    @Test
    void aPlanForKubernetesIsAPatchOfTheDeploymentAndNothingElse() {
        assertThat(plan("--series=100000", "--tick=1s", "--cost-micros=12,150", "--kubernetes"))
                .as(err.toString())
                .isEqualTo(ExitCodes.OK);
        assertThat(out.toString())
                .startsWith("# 100,000 series, a tick of 1s, 12.0 µs with a cache hit")
                .contains("\nkind: FlinkDeployment\n")
                .doesNotContain("assumptions");

        assertThat(plan("--series=1", "--tick=1s", "--kubernetes", "--json"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).contains("--json and --kubernetes");
    }

    @Test
    void coresThatAreTooFewAreSaidToBe() {
        plan("--series=1000000", "--tick=1s", "--cost-micros=12,150", "--cores=8");

        assertThat(out.toString()).contains("given cores   8, busy for 400 %: too few");
    }

    @Test
    void withoutCostsThisMachineIsMeasured() {
        assertThat(plan("--series=1000", "--tick=1m")).isEqualTo(ExitCodes.OK);

        assertThat(out.toString()).contains("measured on this machine, now");
    }

    @Test
    void mistakesAreOneClearLine() {
        assertError("--series is 0; expected 1 to 100000000", "--series=0", "--tick=1m");
        assertError(
                "--cost-micros is [12.0]; expected two numbers for this model, such as 12,150: a forecast with a cache hit, and one with a miss",
                "--series=1",
                "--tick=1m",
                "--cost-micros=12");
        assertError(
                "--cache-memory is much; expected a size such as 64g",
                "--series=1",
                "--tick=1m",
                "--cost-micros=12,150",
                "--cache-memory=much");
        assertError(
                "--utilisation is 1.5; expected more than 0, at most 1",
                "--series=1",
                "--tick=1m",
                "--cost-micros=12,150",
                "--utilisation=1.5");
    }

    private void assertError(String message, String... options) {
        err.getBuffer().setLength(0);
        assertThat(plan(options)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().strip()).isEqualTo("error: " + message);
    }

    private int forecastBytes(String... options) throws IOException {
        String[] all = new String[options.length + 4];
        System.arraycopy(options, 0, all, 4, options.length);
        all[0] = "--series=1";
        all[1] = "--tick=1m";
        all[2] = "--cost-micros=12,150";
        all[3] = "--json";
        out.getBuffer().setLength(0);
        assertThat(plan(all)).as(err.toString()).isEqualTo(ExitCodes.OK);
        return new ObjectMapper().readTree(out.toString()).get("output").get("recordBytes").asInt();
    }

    private int plan(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "plan";
        arguments[1] = "--model";
        arguments[2] = model.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return TickformerCommand.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
