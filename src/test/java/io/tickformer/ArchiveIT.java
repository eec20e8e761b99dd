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
    void theDemoRunsFromTheArchiveWithJavaAlone() throws Exception {
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
        ProcessBuilder builder =
                new ProcessBuilder(
                                home.resolve("bin/tickformer").toString(),
                                "demo",
                                "--headless",
                                "--json",
                                "--meters=3",
                                "--ticks=30")
                        .directory(user.toFile())
                        .redirectError(log.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(Map.of("HOME", user.toString(), "PATH", programs.toString()));
        Process demo = builder.start();
        String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(demo.waitFor()).as(Files.readString(log)).isZero();
        List<String> lines = said.lines().toList();
        JsonNode summary = new ObjectMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.get("ticks").asInt()).isEqualTo(30);
        assertThat(summary.get("forecasts").asInt()).isPositive();
    }

    private void unpack(Path archive) throws Exception {
        Process tar =
                new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", folder.toString())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).isZero();
    }
}
