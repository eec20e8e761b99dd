package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.TickAggregate;
import io.tickformer.event.TickMeaning;
import io.tickformer.process.Installation;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.TestModels;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code flink run} of the job jar, up to where it would ask for a cluster. */
@Timeout(600)
final class FlinkRunIT {
    @TempDir private Path folder;

    @Test
    void aSavepointThatDoesNotFitIsOneLineAndExitCodeTwoWithoutACluster() throws Exception {
        byte[] model =
                TestModels.transformer(
                        GoldenSavepoints.SPEC.withTickMeaning(TickMeaning.of(TickAggregate.SUM)),
                        7);
        Path savepoint = GoldenSavepoints.path(GoldenSavepoints.CANONICAL);
        Process client =
                flink(
                        "run",
                        "-d",
                        "-s",
                        savepoint.toString(),
                        BuildOutput.jobJar().toString(),
                        "--kafka.bootstrap-servers=localhost:1",
                        "--kafka.preflight=false",
                        "--source.format=json",
                        "--sink.format=json",
                        "--sink.late-topic=late",
                        "--model.path=" + Files.write(folder.resolve("model.onnx"), model));
        String output = new String(client.getInputStream().readAllBytes(), UTF_8);

        assertThat(client.waitFor()).as(output).isEqualTo(2);
        assertThat(output.lines().filter(line -> !line.isBlank()))
                .containsExactly(
                        "error: the job cannot start from the savepoint %s: the saved contexts"
                                        .formatted(savepoint)
                                + " cannot go on with this model: they have ticks with the"
                                + " aggregate mean, empty ticks missing, and the model has ticks"
                                + " with the aggregate sum, empty ticks zero. Use a model that agrees with them, or"
                                + " start without the savepoint or checkpoint");
    }

    private Process flink(String... arguments) throws Exception {
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("config.yaml"), "rest.address: localhost\nrest.port: 1\n");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("FLINK_CONF_DIR", conf.toString());
        builder.environment().put("CLASSPATH", classPath());
        return builder.start();
    }

    /** What a distribution holds. */
    private static String classPath() {
        return Installation.current().clusterClassPath().stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
