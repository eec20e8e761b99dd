package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChaosReportTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private static final Recovery FIRST =
            new Recovery(
                    FaultPlan.quick(1).get(0), 1.25, Instant.parse("2026-01-01T00:00:00Z"), 8.04);
    private static final Recovery SECOND =
            new Recovery(
                    FaultPlan.quick(1).get(1),
                    11,
                    Instant.parse("2026-01-01T00:00:10Z"),
                    Double.NaN);

    private static final ChaosPlan PLAN =
            new ChaosPlan(FaultPlan.quick(1), 1, 50, Duration.ofMillis(500), Map.of());

    private static final ChaosResult RESULT =
            new ChaosResult(
                    new Verdict(1000, 3, 2, 1, 1e-7), 5, 6, 7, List.of(FIRST, SECOND), 4, 40);

    @Test
    void eachFaultAndItsRecoveryAreSaidAndTheVerdictIsTheLastLine() {
        ChaosReport report = report(false);

        report.killed(FIRST);
        report.recovered(FIRST);
        report.result(PLAN, RESULT);

        assertThat(out.toString())
                .contains("    1.3 s  fault  1: kill -9 TaskManager 1\n")
                .contains("    9.3 s  fault  1: recovered from TaskManager 1 after 8.0 s\n")
                .endsWith("\nlost 3, duplicated 2, different 1\n");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void jsonIsTheOnlyLineOfTheOutput() throws Exception {
        ChaosReport report = report(true);

        report.killed(FIRST);
        report.recovered(FIRST);
        report.result(PLAN, RESULT);

        assertThat(err.toString()).contains("kill -9 TaskManager 1");
        assertThat(out.toString().lines()).hasSize(1);
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.get("faults").asInt()).isEqualTo(2);
        assertThat(json.get("lost").asInt()).isEqualTo(3);
        assertThat(json.get("duplicated").asInt()).isEqualTo(2);
        assertThat(json.get("different").asInt()).isEqualTo(1);
        assertThat(json.get("withdrawn").asInt()).isEqualTo(5);
        assertThat(json.get("late").asInt()).isEqualTo(6);
        assertThat(json.get("deadLetters").asInt()).isEqualTo(7);
        assertThat(json.get("seed").asInt()).isEqualTo(1);
        JsonNode recoveries = json.get("recoveries");
        assertThat(recoveries.get(0).get("target").asText()).isEqualTo("TaskManager 1");
        assertThat(recoveries.get(0).get("recoverySeconds").asDouble()).isEqualTo(8.0);
        assertThat(recoveries.get(1).get("target").asText()).isEqualTo("JobManager");
        assertThat(recoveries.get(1).get("recoverySeconds").isNull()).isTrue();
    }

    @Test
    void aResultIsCleanOnlyIfNothingAtAllIsAmiss() {
        Verdict clean = new Verdict(1000, 0, 0, 0, 1e-7);
        List<Recovery> recovered = List.of(FIRST);

        assertThat(new ChaosResult(clean, 0, 0, 0, recovered, 4, 40).isClean()).isTrue();
        assertThat(RESULT.isClean()).isFalse();
        assertThat(new ChaosResult(clean, 1, 0, 0, recovered, 0, 40).isClean()).isFalse();
        assertThat(new ChaosResult(clean, 0, 1, 0, recovered, 0, 40).isClean()).isFalse();
        assertThat(new ChaosResult(clean, 0, 0, 1, recovered, 0, 40).isClean()).isFalse();
        assertThat(new ChaosResult(clean, 0, 0, 0, List.of(SECOND), 0, 40).isClean()).isFalse();
    }

    private ChaosReport report(boolean json) {
        return new ChaosReport(json, new PrintWriter(out), new PrintWriter(err));
    }
}
