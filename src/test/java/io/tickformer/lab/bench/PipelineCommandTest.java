package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PipelineCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --parallelism=0 | --parallelism is 0; expected 1 to 128
                    --series=1 --parallelism=2 | --series is 1; expected 2 (one for each partition) to 100000
                    --events-per-tick=0 | --events-per-tick is 0; expected 1 to 1000
                    --events=1599 | --events is 1599; expected at least 1600, four ticks of every series
                    --seconds=0 | --seconds is 0; expected 1 to 600
                    """)
    void whatDoesNotWorkIsRefusedBeforeAnythingStarts(String arguments, String message) {
        assertThat(execute(("bench pipeline " + arguments).split(" ", -1)))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().strip()).isEqualTo("error: " + message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownVariantIsRefusedWithThoseThereAre() {
        assertThat(execute("bench", "pipeline", "--variants=engines"))
                .isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString())
                .contains("but was 'engines'", "pass-through", "per-record-vanilla");
    }

    @Test
    void withoutASubcommandTheBenchmarksAreNamed() {
        assertThat(execute("bench")).isEqualTo(ExitCodes.OK);
        assertThat(out.toString()).contains("pipeline");
    }

    private int execute(String... arguments) {
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
