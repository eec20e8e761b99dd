package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.testing.Children;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The shortest benchmark on a real broker, without assertions on speed. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
class PipelineIT {
    @Test
    void everyVariantIsMeasuredAtFullAndAtHalfLoadAndNothingIsLeftBehind() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));

        Children children = new Children();
        int code =
                command.execute(
                        "bench",
                        "pipeline",
                        "--json",
                        "--variants=pass-through,per-record,model-only,engine",
                        "--series=4",
                        "--events-per-tick=2",
                        "--parallelism=2",
                        "--events=100000",
                        "--seconds=1");

        assertThat(code).as(err.toString()).isEqualTo(ExitCodes.OK);
        List<String> cases = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            JsonNode row = new ObjectMapper().readTree(line);
            cases.add(row.get("variant").asText() + " " + row.get("load").asText());
            double forecasts = row.get("forecastsPerSecond").asDouble();
            assertThat(forecasts).isPositive();
            assertThat(row.get("eventsPerSecond").asDouble()).isEqualTo(2 * forecasts);
            assertThat(row.get("latencyP50Millis").asDouble()).isPositive();
            assertThat(row.get("latencyP99Millis").asDouble())
                    .isGreaterThanOrEqualTo(row.get("latencyP50Millis").asDouble());
            assertThat(row.get("latencyP999Millis").asDouble())
                    .isGreaterThanOrEqualTo(row.get("latencyP99Millis").asDouble());
            assertThat(row.get("cpuMicrosPerForecast").asDouble()).isPositive();
            assertThat(row.get("garbageBytesPerForecast").asDouble()).isPositive();
        }
        assertThat(cases)
                .containsExactly(
                        "pass-through half",
                        "pass-through full",
                        "per-record half",
                        "per-record full",
                        "model-only half",
                        "model-only full",
                        "engine half",
                        "engine full");
        assertThat(children.servers()).isEmpty();
    }
}
