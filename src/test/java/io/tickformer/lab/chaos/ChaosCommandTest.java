package io.tickformer.lab.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosCommandTest {
    @Test
    void aRunWithoutFaultsIsRefusedInOneLine() {
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setErr(new PrintWriter(err));

        int code = command.execute("chaos", "--faults=0");

        assertThat(code).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString()).isEqualTo("error: --faults is 0; expected 1 to 10000\n");
    }
}
