package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.Repository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked on a machine that has Java and nothing else. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class ArchiveIT {
    @TempDir private Path folder;

    @Test
    void theDemoAndAForecastRunFromTheArchiveWithJavaAlone() throws Exception {
        String name = "tickformer-" + Repository.pomProperties().get("project.version");
        unpack(BuildOutput.jobJar().resolveSibling(name + ".tar.gz"));
        Path home = folder.resolve(name);
        assertThat(home.resolve(name + "-job.jar")).exists();
        assertThat(home.resolve("docs/options.md")).exists();
        assertThat(home.resolve("docker/compose.yaml")).exists();
        assertThat(home.resolve("examples/consumers/java/pom.xml")).exists();

        Path programs = Files.createDirectory(folder.resolve("programs"));
        Files.createSymbolicLink(
                programs.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java"));
        Path user = Files.createDirectory(folder.resolve("user"));
        Path log = folder.resolve("log");
        List<String> said =
                run(
                        List.of(
                                home.resolve("bin/tickformer").toString(),
                                "demo",
                                "--headless",
                                "--json",
                                "--meters=3",
                                "--ticks=30"),
                        user,
                        programs,
                        log);
        JsonNode summary = new ObjectMapper().readTree(said.get(said.size() - 1));
        assertThat(summary.get("ticks").asInt()).isEqualTo(30);
        assertThat(summary.get("forecasts").asInt()).isPositive();

        StringBuilder csv = new StringBuilder("time,load\n");
        for (int day = 1; day <= 28; day++) {
            csv.append("2026-02-%02d,%d%n".formatted(day, day % 7));
        }
        Files.writeString(user.resolve("my.csv"), csv);
        List<String> forecast =
                run(
                        List.of(
                                home.resolve("bin/tickformer").toString(),
                                "forecast",
                                "--data",
                                "my.csv"),
                        user,
                        programs,
                        log);
        assertThat(forecast).hasSize(97);
        assertThat(forecast.get(1)).startsWith("load,1,2026-03-01T00:00:00Z,");
    }

    /** Runs a command with nothing in its environment, and returns its output. */
    private static List<String> run(List<String> command, Path user, Path programs, Path log)
            throws Exception {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(user.toFile()).redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of("HOME", user.toString(), "PATH", programs.toString()));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(log)).isZero();
        return said.lines().toList();
    }

    private void unpack(Path archive) throws Exception {
        Process tar =
                new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
    }
}
