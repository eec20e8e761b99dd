package io.tickformer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.testing.TestModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Mistakes of the user are reported in one line before anything starts. */
class DemoCommandTest {
    private final StringWriter err = new StringWriter();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "--ticks, 0, '--ticks is 0; expected at least 1'",
        "--speed, 0, '--speed is 0.0; expected more than 0'",
        "--speed, NaN, '--speed is NaN; expected more than 0'",
        "--season, 0, '--season is 0; expected at least 1'",
        "--history, -1, '--history is -1; expected at least 0'",
        "--parallelism, 0, '--parallelism is 0; expected 1 to 128'",
        "--port, 70000, '--port is 70000; expected 0 to 65535'",
        "--meters, 0, 'meters is 0; expected 1 to 100,000 meters'",
        "--csv, nowhere.csv, 'nowhere.csv: no such file or directory'",
        "--model, nowhere.onnx, 'nowhere.onnx: no such model'",
        "--tick, 5m, '--tick requires --model'",
    })
    void aWrongOptionIsNamed(String option, String value, String message) {
        assertThat(run(option, value)).contains(message);
    }

    @Test
    void jsonWithoutAnEndIsRefused() {
        assertThat(run("--json")).contains("--json requires --headless");
    }

    @Test
    void aModelOfAnotherGridIsRefused() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("minutes.onnx"),
                        TestModels.transformer(TestModels.STREAMING, 1));

        assertThat(run("--model", model.toString()))
                .contains("forecasts ticks of PT1M; the replayed data has ticks of PT1H")
                .contains("with --tick");
    }

    @Test
    void aModelThatMixesChannelsIsRefused() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("channels.onnx"),
                        TestModels.transformer(TestModels.CHANNELS, 1));

        assertThat(run("--model", model.toString()))
                .contains(
                        "is a multichannel model of power, voltage, phase.angle; records of the"
                                + " demo have one value");
    }

    @Test
    void aModelIsPutOnTheTicksThatAreAskedFor() throws Exception {
        Path model =
                Files.write(
                        folder.resolve("minutes.onnx"),
                        TestModels.transformer(TestModels.STREAMING, 1));

        assertThat(run("--model", model.toString(), "--tick", "2m"))
                .contains("forecasts ticks of PT2M; the replayed data has ticks of PT1H");
    }

    @Test
    void aFileThatIsNoTableIsNamedWithItsLine() throws Exception {
        Path file =
                Files.write(
                        folder.resolve("bad.csv"),
                        List.of("date,x", "2020-01-01 00:00:00,1", "2020-01-01 01:00:00,oops"));

        assertThat(run("--csv", file.toString(), "--headless"))
                .contains(file.toString(), "line 3", "\"x\"", "oops");
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        Path model = Files.write(folder.resolve("test.onnx"), TestModels.streaming());
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run("--model", model.toString(), "--port", port))
                    .contains("port " + port + " for the live page is in use");
        }
    }

    private String run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "demo";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(new StringWriter(), true));
        command.setErr(new PrintWriter(err, true));
        assertThat(command.execute(all)).isEqualTo(ExitCodes.USER_ERROR);
        assertThat(err.toString().lines()).hasSize(1);
        return err.toString();
    }
}
