package io.tickformer.lab.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.console.ExitCodes;
import io.tickformer.testing.CommandRun;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
final class SoakIT {
    @ParameterizedTest
    @ValueSource(strings = {"heap", "rocksdb"})
    void aShortSoakSaysOfEveryFigureHowItWent(String backend) throws Exception {
        CommandRun result =
                CommandRun.of(
                        "soak",
                        "--ticks=0.2",
                        "--series=100",
                        "--readings=12",
                        "--state-backend=" + backend,
                        "--json");

        List<JsonNode> lines = new ArrayList<>();
        for (String line : result.out().lines().toList()) {
            lines.add(new JsonMapper().readTree(line));
        }
        assertThat(lines).as(result.err()).hasSize(12 + WatchedFigure.ALL.size());
        assertThat(lines.get(11).get("ticks").asLong()).isEqualTo(200_000);
        assertThat(lines.get(11).get("heapMiB").asDouble()).isPositive();
        List<String> growing = new ArrayList<>();
        for (JsonNode verdict : lines.subList(12, lines.size())) {
            if (!verdict.get("verdict").asText().equals("flat")) {
                growing.add(verdict.toString());
            }
        }
        // So short a run may still be warming up: what counts is that code and words agree.
        assertThat(result.code())
                .isEqualTo(growing.isEmpty() ? ExitCodes.OK : ExitCodes.CHECK_FAILED);
    }

    @Test
    void tooFewTicksToTellAreRefusedInOneLine() {
        CommandRun result = CommandRun.of("soak", "--ticks=0.1");

        assertThat(result.code()).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("--ticks is 0.1; expected 0.3 million or more with 500 series");
    }
}
