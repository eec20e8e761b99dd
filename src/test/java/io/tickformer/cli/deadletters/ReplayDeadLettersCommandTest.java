package io.tickformer.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class ReplayDeadLettersCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--offsets=7 | --offsets 7; expected FIRST:END, such as 100:200, 100: or :200",
                "--since=noon | --since is noon; expected an age such as 90m, 2h or 7d",
                "--export=a --write | --export excludes --write and --import",
                "--to= | --to names no topic",
                "--reason=BAD | Invalid value for option '--reason'",
                "--kafka.bootstrap-server=x:1 | Unknown option: '--kafka.bootstrap-server=x:1'",
                "--write | kafka.bootstrap-servers is not set; expected the brokers, host:port",
                "--sink.dead-letter-topic= --kafka.bootstrap-servers=x:1 | sink.dead-letter-topic"
                        + " is",
            })
    void aMistakeIsOneErrorLineAndExitCodeTwo(String arguments, String words) {
        assertThat(execute(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString().lines().findFirst().orElse(""))
                .startsWith("error: ")
                .contains(words);
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @Test
    void brokersThatAreNotThereAreOneErrorLine() {
        assertThat(execute("--kafka.bootstrap-servers=127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ").contains("127.0.0.1:1");
        assertThat(err.toString().lines()).hasSize(1);
    }

    private int execute(String... arguments) {
        CommandLine command = TickformerCommand.commandLine();
        command.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 1];
        all[0] = "replay-dead-letters";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return command.execute(all);
    }
}
