package io.tickformer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
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
