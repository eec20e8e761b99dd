package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class RunCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anUnknownSettingIsOneLineAndExitCodeTwo() {
        assertThat(execute("run", "--tick.lenght", "1h")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "error: there is no setting tick.lenght; did you mean tick.length?");
    }

    @Test
    void aModelThatIsNotThereIsOneLineAndExitCodeTwo() {
        assertThat(
                        execute(
                                "run",
                                "--kafka.bootstrap-servers=localhost:1",
                                "--registry.url=http://localhost:1",
                                "--model.path=/nowhere/model.onnx"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("error: model.path is /nowhere/model.onnx; there is no such file");
    }

    @Test
    void aSavepointThatIsNotThereIsOneLineAndExitCodeTwo(@TempDir Path folder) throws IOException {
        Path model = Files.write(folder.resolve("model.onnx"), TestModels.streaming());
        assertThat(
                        execute(
                                "run",
                                "--kafka.bootstrap-servers=localhost:1",
                                "--kafka.preflight=false",
                                "--registry.url=http://localhost:1",
                                "--model.path=" + model,
                                "--flink.execution.state-recovery.path=/nowhere/savepoint"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "error: there is no savepoint /nowhere/savepoint; expected its folder or"
                                + " _metadata file");
    }

    @Test
    void aPortForPrometheusThatIsInUseIsOneLineAndExitCodeTwo(@TempDir Path folder)
            throws IOException {
        Path model = Files.write(folder.resolve("model.onnx"), TestModels.streaming());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(
                            execute(
                                    "run",
                                    "--kafka.bootstrap-servers=localhost:1",
                                    "--kafka.preflight=false",
                                    "--registry.url=http://localhost:1",
                                    "--model.path=" + model,
                                    "--job.prometheus-port=" + taken.getLocalPort()))
                    .isEqualTo(2);
            assertThat(err.toString().lines())
                    .containsExactly(
                            "error: port %d is in use; choose another for job.prometheus-port"
                                    .formatted(taken.getLocalPort()));
        }
    }

    @Test
    void theMetricsArePrintedAsMarkdown() {
        assertThat(execute("metrics")).isZero();
        assertThat(out.toString())
                .startsWith("# Metrics of the job\n")
                .contains("| `deadLetters.noKey` | ");
    }

    @Test
    void theSettingsArePrintedAsMarkdown() {
        assertThat(execute("options")).isZero();
        assertThat(out.toString())
                .startsWith("# Settings of the job\n")
                .contains("| `tick.aggregate` | one of mean, sum,");
    }

    private int execute(String... arguments) {
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(arguments);
    }
}
