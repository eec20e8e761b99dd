package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.console.ExitCodes;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.testing.Certificates;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SecureServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Commands that connect to a broker and a registry with authentication. */
@Timeout(600)
final class SecureCommandsIT {
    @TempDir private static Path folder;
    private static SecureServers servers;

    @BeforeAll
    static void startServers() throws Exception {
        servers = new SecureServers(folder.resolve("servers"));
        KafkaConnection open = KafkaConnection.of(servers.openBroker());
        try (TopicAdmin topics = new TopicAdmin(open, Duration.ofMinutes(1))) {
            topics.create(List.of("observations", "produced"), 1, 1);
        }
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    private record Run(int code, String out, String err) {
        JsonNode summary() throws IOException {
            String last = out.lines().reduce("", (before, line) -> line);
            return new JsonMapper().readTree(last);
        }
    }

    @Test
    void theDemoSendsForecastsAndReadsWithAPassword() throws Exception {
        Run demo =
                run(
                        servers.byPassword(),
                        "demo",
                        "--headless",
                        "--json",
                        "--meters=4",
                        "--ticks=60");

        assertThat(demo.code).as(demo.err).isZero();
        assertThat(demo.summary().get("forecasts").asInt()).isGreaterThan(200);
    }

    @Test
    void whatIsSentWithACertificateIsReadAsAHistory() throws Exception {
        Map<String, String> settings = servers.byCertificate();

        Run sent =
                run(
                        settings,
                        "produce",
                        "--topic=produced",
                        "--ticks=100",
                        "--meters=3",
                        "--speed=0",
                        "--json");
        assertThat(sent.code).as(sent.err).isZero();
        assertThat(sent.summary().get("ticks").asInt()).isEqualTo(100);

        Run trained =
                run(
                        settings,
                        "train",
                        "--topic=produced",
                        "--tick=1h",
                        "--horizon=4",
                        "--patch=4",
                        "--attention-window=3",
                        "--layers=1",
                        "--width=8",
                        "--heads=2",
                        "--steps=3",
                        "--batch=4",
                        "--output=" + folder.resolve("own.onnx"));
        assertThat(trained.code).as(trained.err).isZero();
        assertThat(trained.err).contains("3 series from topic produced");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    kafka.properties.sasl.jaas.config | WRONG | invalid credentials | check the user and the password in kafka.properties.sasl.jaas.config
                    kafka.properties.sasl.jaas.config | BROKEN | cannot be parsed | a backslash before each quotation mark
                    kafka.properties.sasl.jaas.config | ${env:NO_SUCH_VARIABLE} | NO_SUCH_VARIABLE} cannot be resolved | set it for every process
                    kafka.properties.sasl.mechanism | PLAIN | enabled mechanisms are [SCRAM-SHA-512] | check kafka.properties.sasl.mechanism
                    kafka.properties.ssl.truststore.location | STRANGER | is not signed by a trusted authority | kafka.properties.ssl.truststore.location
                    kafka.properties.ssl.truststore.location | /nowhere/ca.pem | /nowhere/ca.pem | check the settings under kafka.properties
                    kafka.bootstrap-servers | 127.0.0.1 | is for another host name | connect with the name in the certificate
                    kafka.properties.security.protocol | SASL_PLAINTEXT | localhost | kafka.properties.security.protocol
                    registry.credentials | reader:wrong-password-t2 | status 401 | check registry.credentials or registry.token
                    registry.ssl.truststore.location | STRANGER | is not signed by a trusted authority | registry.ssl.truststore.location
                    registry.ssl.truststore.location | /nowhere/ca.pem | /nowhere/ca.pem | registry.url
                    registry.url | 127.0.0.1 | is for another host name | connect with the name in the certificate
                    """)
    void aWrongSettingIsOneLineThatSaysWhatToDo(
            String setting, String wrong, String why, String advice) throws Exception {
        Map<String, String> settings = servers.byPassword();
        settings.compute(setting, (name, right) -> wrong(wrong, right));
        assertOneLine(settings, why, advice);
    }

    private static String wrong(String wrong, String right) {
        return switch (wrong) {
            case "WRONG" -> SecureServers.jaas("wrong-password-t2");
            case "BROKEN" -> SecureServers.jaas("wrong-\"password-t2");
            case "STRANGER" -> servers.certificates().stranger().toString();
            case "127.0.0.1" -> right.replace("localhost", wrong);
            default -> wrong;
        };
    }

    @ParameterizedTest
    @CsvSource({"kafka.properties.ssl.", "registry.ssl."})
    void aCertificateThatIsNotShownIsAskedForInOneLine(String prefix) throws Exception {
        Map<String, String> settings = servers.byCertificate();
        settings.keySet().removeIf(name -> name.startsWith(prefix + "keystore."));
        assertOneLine(settings, "require", prefix + "keystore.location");
    }

    @Test
    void theDoctorSaysHowItIsLetInAndWhyNotAndShowsNoPassword() throws Exception {
        Map<String, String> settings = servers.byPassword();
        settings.put("source.topics", "observations");

        Run in = run(settings, "doctor");
        assertThat(in.code).as(in.out).isZero();
        assertThat(in.out)
                .containsPattern("ok +brokers .* over SASL_SSL with SCRAM-SHA-512")
                .containsPattern("registry .*Apicurio");

        settings.compute("kafka.properties.sasl.jaas.config", (name, right) -> wrong("WRONG", ""));
        settings.put("registry.credentials", "reader:wrong-password-t2");
        Run out = run(settings, "doctor");
        assertThat(out.code).isEqualTo(ExitCodes.CHECK_FAILED);
        assertThat(out.out)
                .containsPattern("problem +brokers .*invalid credentials.*; check the user")
                .containsPattern("problem +registry .*status 401");
        assertNoSecret(in.out + in.err + out.out + out.err);
    }

    private static void assertOneLine(Map<String, String> settings, String why, String advice)
            throws IOException {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("model.path", Repository.root().resolve("models/meters.onnx").toString());
        Run run = run(all, "run");
        assertThat(run.code).as(run.err).isEqualTo(ExitCodes.USER_ERROR);
        List<String> lines =
                run.err.lines().filter(line -> !line.startsWith("running the job")).toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).startsWith("error: ").contains(why).contains(advice);
        assertNoSecret(run.out + run.err);
    }

    private static void assertNoSecret(String text) {
        assertThat(text)
                .doesNotContain(SecureServers.KAFKA_PASSWORD)
                .doesNotContain(SecureServers.REGISTRY_PASSWORD)
                .doesNotContain(SecureServers.TOKEN)
                .doesNotContain(Certificates.PASSWORD)
                .doesNotContain("password-t2");
    }

    private static Run run(Map<String, String> settings, String... arguments) throws IOException {
        Path config = SecureServers.write(settings, folder.resolve("job.yaml"));
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--config=" + config);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        int code = command.execute(all.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
