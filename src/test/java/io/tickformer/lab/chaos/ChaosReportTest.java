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
                    new Verdict(1000, 3, 2, 1, 1e-7),
                    new Verdict(200, 13, 12, 11, 1e-4),
                    new Verdict(20, 23, 22, 21, 1e-3),
                    5,
                    6,
                    7,
                    List.of(FIRST, SECOND),
                    4,
                    40);

    @Test
    void eachFaultAndItsRecoveryAreSaidAndTheVerdictIsTheLastLine() {
        ChaosReport report = report(false);

        report.killed(FIRST);
        report.recovered(FIRST);
        report.result(PLAN, RESULT);

        assertThat(out.toString())
                .contains("    1.3 s  fault  1: kill -9 TaskManager 1\n")
                .contains("    9.3 s  fault  1: recovered from TaskManager 1 after 8.0 s\n")
                .contains("\n200 scores: lost 13, duplicated 12, different 11\n")
                .contains("\n20 anomalies: lost 23, duplicated 22, different 21\n")
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
        assertThat(json.at("/scores/records").asInt()).isEqualTo(200);
        assertThat(json.at("/scores/lost").asInt()).isEqualTo(13);
        assertThat(json.at("/scores/duplicated").asInt()).isEqualTo(12);
        assertThat(json.at("/scores/different").asInt()).isEqualTo(11);
        assertThat(json.at("/anomalies/records").asInt()).isEqualTo(20);
        assertThat(json.at("/anomalies/lost").asInt()).isEqualTo(23);
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

        Verdict dirty = new Verdict(1000, 0, 0, 1, 1e-7);
        assertThat(result(clean, clean, clean, 0, 0, 0, recovered).isClean()).isTrue();
        assertThat(RESULT.isClean()).isFalse();
        assertThat(result(dirty, clean, clean, 0, 0, 0, recovered).isClean()).isFalse();
        assertThat(result(clean, dirty, clean, 0, 0, 0, recovered).isClean()).isFalse();
        assertThat(result(clean, clean, dirty, 0, 0, 0, recovered).isClean()).isFalse();
        assertThat(result(clean, clean, clean, 1, 0, 0, recovered).isClean()).isFalse();
        assertThat(result(clean, clean, clean, 0, 1, 0, recovered).isClean()).isFalse();
        assertThat(result(clean, clean, clean, 0, 0, 1, recovered).isClean()).isFalse();
        assertThat(result(clean, clean, clean, 0, 0, 0, List.of(SECOND)).isClean()).isFalse();
    }

    private static ChaosResult result(
            Verdict forecasts,
            Verdict scores,
            Verdict anomalies,
            long withdrawn,
            long late,
            long deadLetters,
            List<Recovery> recoveries) {
        return new ChaosResult(
                forecasts, scores, anomalies, withdrawn, late, deadLetters, recoveries, 4, 40);
    }

    private ChaosReport report(boolean json) {
        return new ChaosReport(json, new PrintWriter(out), new PrintWriter(err));
    }
}
