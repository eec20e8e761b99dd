package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.testing.Children;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/** The short run on real processes, without assertions on recovery times. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ChaosIT {
    private static final Pattern FOLDER = Pattern.compile("logs in (.+)");

    @Test
    void twoKillsChangeNoForecastAndNothingIsLeftBehind() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));

        Children children = new Children();
        int code = command.execute("chaos", "--quick", "--seed=1", "--json");

        assertThat(code).as(err.toString()).isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(1);
        JsonNode result = new JsonMapper().readTree(lines.get(0));
        assertThat(result.get("faults").asInt()).isEqualTo(2);
        assertThat(result.get("lost").asLong()).isZero();
        assertThat(result.get("duplicated").asLong()).isZero();
        assertThat(result.get("different").asLong()).isZero();
        for (String records : List.of("scores", "anomalies")) {
            JsonNode verdict = result.get(records);
            assertThat(verdict.get("lost").asLong()).as(records).isZero();
            assertThat(verdict.get("duplicated").asLong()).as(records).isZero();
            assertThat(verdict.get("different").asLong()).as(records).isZero();
            assertThat(verdict.get("records").asLong()).as(records).isPositive();
        }
        assertThat(result.get("withdrawn").asLong()).isZero();
        assertThat(result.get("late").asLong()).isZero();
        assertThat(result.get("deadLetters").asLong()).isZero();
        assertThat(result.get("forecasts").asLong()).isGreaterThan(result.get("series").asLong());
        assertThat(result.get("recoveries"))
                .allSatisfy(
                        each -> assertThat(each.get("recoverySeconds").asDouble()).isPositive());
        Matcher folder = FOLDER.matcher(err.toString());
        assertThat(folder.find()).isTrue();
        assertThat(Files.exists(Path.of(folder.group(1)))).isFalse();
        assertThat(children.servers()).isEmpty();
    }
}
