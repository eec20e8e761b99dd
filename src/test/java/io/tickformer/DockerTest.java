package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.testing.Compose;
import io.tickformer.testing.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the files under {@code docker} to the pom and to the code. */
final class DockerTest {

    private static final Pattern COPIED = Pattern.compile("(?m)^COPY (?:--\\S+ )*(\\S+) \\S+$");

    private final Map<String, String> pom = Repository.pomProperties();

    @Test
    void everyImageIsOfTheVersionThePomNames() {
        Map<String, String> images = new TreeMap<>();
        Compose.services()
                .forEach((name, service) -> images.put(name, (String) service.get("image")));
        String own = "tickformer:" + pom.get("project.version");
        assertThat(images)
                .isEqualTo(
                        Map.of(
                                "broker",
                                "apache/kafka:" + pom.get("kafka.version"),
                                "topics",
                                "apache/kafka:" + pom.get("kafka.version"),
                                "registry",
                                "apicurio/apicurio-registry:" + pom.get("registry.version"),
                                "jobmanager",
                                own,
                                "taskmanager",
                                own,
                                "simulator",
                                own));
    }

    @Test
    void theImageStandsOnTheFlinkTheJobIsBuiltWith() throws IOException {
        assertThat(dockerfile())
                .containsOnlyOnce("\nFROM ")
                .contains("\nFROM flink:" + pom.get("flink.version") + "-java17\n");
    }

    @Test
    void theImageTakesWhatTheBuildMakes() throws IOException {
        String jar = "target/tickformer-" + pom.get("project.version");
        Matcher copied = COPIED.matcher(dockerfile());
        List<String> sources = copied.results().map(found -> found.group(1)).toList();
        assertThat(sources)
                .containsExactlyInAnyOrder(
                        "target/docker/lib/",
                        "target/docker/command/",
                        jar + ".jar",
                        jar + "-job.jar",
                        "models/",
                        "docker/job.yaml");
        assertThat(Repository.read(".dockerignore").lines())
                .contains("!docker", "!models", "!target/tickformer-*.jar", "!target/docker");
    }

    @Test
    void noProcessRunsAsRoot() throws IOException {
        assertThat(dockerfile().strip()).endsWith("\nUSER flink");
        assertThat(Compose.services().get("broker").get("user")).isEqualTo("appuser");
        assertThat(Compose.services().get("topics").get("user")).isEqualTo("appuser");
    }

    @Test
    void bothKindsOfProcessHaveTheSameSettingsAndCheckpoints() {
        Map<String, Object> jobManager = Compose.services().get("jobmanager");
        Map<String, Object> taskManager = Compose.services().get("taskmanager");
        assertThat(taskManager.get("environment")).isEqualTo(jobManager.get("environment"));
        assertThat(taskManager.get("volumes")).isEqualTo(jobManager.get("volumes"));
    }

    private static String dockerfile() throws IOException {
        return Repository.read("docker/Dockerfile");
    }
}
