package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchCommandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--sink.format=json | sink.format is json; the live page reads Avro only",
                "--sink.scores-topic= | switch a topic off",
                "--model=nowhere.onnx | nowhere.onnx: no such model",
                "--port=65536 | --port is 65536; expected 0 to 65535",
                "--newest=-1 | --newest is -1; expected 0 or more",
                "--sink.topik=a | sink.topik"
            })
    void whatItCannotShowIsSaidBeforeItConnects(String argument, String message) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "watch",
                                "--kafka.bootstrap-servers=localhost:1",
                                "--registry.url=http://localhost:1",
                                "--model.path=models/meters.onnx",
                                argument));
        StringWriter err = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setErr(new PrintWriter(err, true))
                        .execute(arguments.toArray(String[]::new));
        assertThat(code).as(err.toString()).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(Arrays.stream(err.toString().split("\\R", -1)))
                .anySatisfy(line -> assertThat(line).contains(message));
    }
}
