package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ScalingCommandTest {
    @Test
    void mistakesAreOneClearLine() {
        assertError("--series is 0; expected 1 to 10000000", "--series=0");
        assertError("--parallelism is 0; expected 1 to 128", "--parallelism=0");
        assertError(
                "--managed-memory is much; expected a size such as 1g", "--managed-memory=much");
    }

    private static void assertError(String message, String option) {
        StringWriter err = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(new StringWriter(), true))
                        .setErr(new PrintWriter(err, true))
                        .execute("bench", "scaling", "--parts=job", option);
        assertThat(code).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().strip()).isEqualTo("error: " + message);
    }
}
