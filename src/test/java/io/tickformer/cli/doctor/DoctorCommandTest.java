package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.testing.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command without any server. */
final class DoctorCommandTest {
    @TempDir private Path folder;

    private static List<String> checks(JsonNode report, Status status) {
        List<String> names = new ArrayList<>();
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("status").asText().equals(status.text())) {
                names.add(finding.get("check").asText());
            }
        }
        return names;
    }

    @Test
    void withoutSettingsItLooksAtTheMachineAndNamesWhatItSkipped() throws IOException {
        CommandRun run = CommandRun.of("doctor", "--json");

        assertThat(run.code()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).hasSize(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("problems").asInt()).isZero();
        assertThat(report.get("findings")).hasSize(Subject.values().length);
        assertThat(checks(report, Status.SKIPPED))
                .hasSize(Subject.values().length - 3)
                .contains("settings", "model", "brokers", "cluster", "savepoint");
    }

    @Test
    void subjectsThatAreSkippedForTheSameReasonShareALine() {
        CommandRun run = CommandRun.of("doctor");

        assertThat(run.out())
                .contains("input-topics, output-topics, transactions there are no brokers")
                .containsPattern("ok +java +Java ")
                .endsWith("19 skipped" + System.lineSeparator());
    }

    @Test
    void everyFaultOfTheSettingsIsAProblemAndTheRestIsStillChecked() throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        tick.lenght: 1h
                        tick.aggregate: avarage
                        forecast.horizon: -1
                        model.path: /nowhere.onnx
                        """);

        CommandRun run = CommandRun.of("doctor", "--config", config.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out())
                .contains(
                        "there is no setting tick.lenght; did you mean tick.length?",
                        "tick.aggregate is 'avarage'; expected one of mean, sum",
                        "forecast.horizon is -1; expected 0 or more",
                        "model.path is /nowhere.onnx; there is no such file",
                        "4 problems");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--records=0",
                "--timeout=1ms",
                "--cluster=jobmanager:8081",
                "--tick.lenght=1h",
                "--config=/nowhere.yaml",
                "--kafka.properties.sasl.jaas.config=password=\"hunter2\""
            })
    void aWrongArgumentIsOneLineAndExitCodeTwo(String argument) {
        CommandRun run = CommandRun.of("doctor", argument);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").doesNotContain("\tat ", "hunter2");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aPasswordIsNeverPrintedWhateverIsWrong() throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("job.yaml"),
                        """
                        kafka.bootstrap-servers: localhost:1
                        kafka.properties.security.protocol: SASL_PLAINTEXT
                        kafka.properties.sasl.mechanism: PLAIN
                        kafka.properties.sasl.jaas.config: 'org.Login required password="hun"ter2";'
                        registry.url: http://user:swordfish@localhost:1
                        """);

        CommandRun run = CommandRun.of("doctor", "--timeout=300ms", "--config", config.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.out() + run.err()).doesNotContain("ter2", "swordfish", "\tat ");
        assertThat(run.out()).contains("sasl.jaas.config cannot be parsed");
    }
}
