package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import io.tickformer.job.KafkaOptions;
import io.tickformer.job.ModelOptions;
import io.tickformer.job.RegistryOptions;
import io.tickformer.job.SourceOptions;
import io.tickformer.process.Installation;
import io.tickformer.testing.Compose;
import io.tickformer.testing.Repository;
import io.tickformer.testing.WatchedProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
        Map<String, String> expected = new TreeMap<>();
        expected.put("broker", "apache/kafka:" + pom.get("kafka.version"));
        expected.put("topics", "apache/kafka:" + pom.get("kafka.version"));
        expected.put("registry", "apicurio/apicurio-registry:" + pom.get("registry.version"));
        for (String service : List.of("jobmanager", "taskmanager", "simulator", "live-page")) {
            expected.put(service, own);
        }
        // No version of the pom; each that is known to read the files that it mounts.
        expected.put("prometheus", "prom/prometheus:v3.5.0");
        expected.put("grafana", "grafana/grafana:12.1.0");
        assertThat(images).isEqualTo(expected);
    }

    @Test
    void theImageStandsOnTheFlinkTheJobIsBuiltWith() throws IOException {
        assertThat(dockerfile())
                .containsOnlyOnce("\nFROM ")
                .contains("\nFROM flink:" + pom.get("flink.version") + "-java17\n");
    }

    @Test
    void theImageTakesWhatTheBuildMakes() throws IOException {
        String jar = "tickformer-" + pom.get("project.version");
        Matcher copied = COPIED.matcher(dockerfile());
        List<String> sources = copied.results().map(found -> found.group(1)).toList();
        assertThat(sources)
                .containsExactlyInAnyOrder(
                        "lib/onnxruntime*.jar",
                        "lib/fastcsv-*.jar",
                        "lib/jline-*.jar",
                        "lib/picocli-*.jar",
                        "lib/progressbar-*.jar",
                        "lib/" + jar + ".jar",
                        jar + "-job.jar",
                        "models/",
                        "docker/job.yaml",
                        "docker/entrypoint.sh");
        assertThat(Repository.read("docker/Dockerfile.dockerignore").lines())
                .contains("!docker", "!models", "!lib/*.jar", "!tickformer-*-job.jar");
        Path home = Installation.current().home();
        for (String source : sources) {
            // The build makes the two jars of our own only after this test.
            if (!source.contains(jar)) {
                int folder = source.lastIndexOf('/') + 1;
                try (DirectoryStream<Path> found =
                        Files.newDirectoryStream(
                                home.resolve(source.substring(0, folder)),
                                source.substring(folder).isEmpty()
                                        ? "*"
                                        : source.substring(folder))) {
                    assertThat(found).as(source).isNotEmpty();
                }
            }
        }
    }

    @Test
    void theCudaImageStandsOnTheImageAndHasWhatOnnxRuntimeIsLinkedWithAndOpens()
            throws IOException {
        String version = pom.get("project.version");
        String cuda = Repository.read("docker/Dockerfile.cuda");
        assertThat(cuda)
                .contains("\nFROM tickformer:" + version + "\n")
                .contains("docker build -f target/tickformer/docker/Dockerfile.cuda -t tickformer:")
                .contains("mvn -Pgpu clean package")
                .endsWith("\nUSER flink\n");
        assertThat(Repository.read("pom.xml"))
                .contains("<onnxruntime.artifact>onnxruntime_gpu</onnxruntime.artifact>");
        List<String> copied = new ArrayList<>();
        Matcher copy = COPIED.matcher(cuda);
        while (copy.find()) {
            copied.add(copy.group(1).substring(copy.group(1).lastIndexOf('/') + 1));
        }
        // As readelf -d and strings show of libonnxruntime_providers_cuda.so of this version.
        assertThat(pom).containsEntry("onnxruntime.version", "1.29.0");
        assertThat(copied)
                .containsExactlyInAnyOrder(
                        "libcublasLt.so.12*",
                        "libcublas.so.12*",
                        "libcurand.so.10*",
                        "libcudart.so.12*",
                        "libcufft.so.11*",
                        "libcudnn*.so.9*");
    }

    @Test
    void noProcessRunsAsRootOrCanBecomeIt() throws IOException {
        assertThat(dockerfile().strip()).endsWith("\nUSER flink");
        String own = "tickformer:" + pom.get("project.version");
        Compose.services()
                .forEach(
                        (name, service) -> {
                            if (!own.equals(service.get("image"))) {
                                assertThat((String) service.get("user"))
                                        .as(name)
                                        .isNotBlank()
                                        .doesNotStartWith("0")
                                        .doesNotStartWith("root");
                            }
                            assertThat(service).as(name).doesNotContainKey("privileged");
                            assertThat(service.get("cap_drop")).as(name).isEqualTo(List.of("ALL"));
                            assertThat(service.get("security_opt"))
                                    .as(name)
                                    .isEqualTo(List.of("no-new-privileges:true"));
                        });
    }

    @Test
    void noProcessCanWriteToItsRootAndEachHasAPlaceToUnpackLibrariesIn() {
        Compose.services()
                .forEach(
                        (name, service) -> {
                            assertThat(service.get("read_only")).as(name).isEqualTo(true);
                            assertThat((List<?>) service.get("tmpfs"))
                                    .as(name)
                                    .map(String::valueOf)
                                    .contains("/tmp:exec,mode=1777");
                        });
    }

    @Test
    void everyPortIsOpenToThisMachineAlone() {
        int ports = 0;
        for (Map<String, Object> service : Compose.services().values()) {
            for (Object port : (List<?>) service.getOrDefault("ports", List.of())) {
                ports++;
                assertThat((String) port).startsWith("127.0.0.1:");
            }
        }
        assertThat(ports).isPositive();
    }

    @Test
    void theImagesEntryPointWritesItsSettingsBesideTheReadOnlyRoot(@TempDir Path folder)
            throws Exception {
        assertThat(dockerfile())
                .contains("\nENTRYPOINT [\"/opt/tickformer/entrypoint.sh\"]\n")
                .contains("\nRUN cp -R /opt/flink/conf /opt/flink/conf-of-image\n");
        for (String service : List.of("jobmanager", "taskmanager")) {
            assertThat((List<?>) Compose.services().get(service).get("tmpfs"))
                    .map(String::valueOf)
                    .contains("/opt/flink/conf:mode=1777");
        }
        Path home = Files.createDirectories(folder.resolve("flink"));
        Path image = Files.createDirectories(home.resolve("conf-of-image"));
        Files.writeString(image.resolve("config.yaml"), "of: the-image\n");
        Path conf = Files.createDirectory(home.resolve("conf"));
        Path start = folder.resolve("start.sh");
        Files.writeString(
                start, "#!/bin/sh\necho \"told: $*\" >>\"$FLINK_HOME/conf/config.yaml\"\n");
        assertThat(start.toFile().setExecutable(true)).isTrue();

        List<String> command =
                List.of(
                        Repository.root().resolve("docker/entrypoint.sh").toString(),
                        "standalone-job",
                        "--job-classname",
                        "a b");
        Map<String, String> environment =
                Map.of("FLINK_HOME", home.toString(), "TICKFORMER_START", start.toString());
        for (int run = 0; run < 2; run++) {
            try (WatchedProcess process =
                    WatchedProcess.start("entrypoint", command, environment)) {
                process.awaitEnd(Duration.ofMinutes(1));
            }
            // The second start finds nothing of the first.
            assertThat(conf.resolve("config.yaml"))
                    .hasContent("of: the-image\ntold: standalone-job --job-classname a b\n");
        }
        assertThat(image.resolve("config.yaml")).hasContent("of: the-image\n");
    }

    @Test
    void theJobTakesItsSettingsAndTheSimulatorItsOptions() {
        List<String> job = Compose.command("jobmanager");
        assertThat(job)
                .containsExactly(
                        "standalone-job",
                        "--job-classname",
                        ForecastJob.class.getName(),
                        "--",
                        "--config",
                        "/opt/tickformer/job.yaml");
        JobSettings settings =
                JobSettings.parse(
                        "--config", Repository.root().resolve("docker/job.yaml").toString());
        String[] simulator = Compose.command("simulator").toArray(String[]::new);
        assertThat(simulator[0]).isEqualTo("produce");
        CommandLine.ParseResult parsed =
                TickformerCommand.commandLine().parseArgs(simulator).subcommand();
        assertThat(parsed.<String>matchedOptionValue("--topic", ""))
                .isEqualTo(settings.get(SourceOptions.TOPICS).get(0));
        assertThat(parsed.<String>matchedOptionValue("--bootstrap-servers", ""))
                .isEqualTo(settings.get(KafkaOptions.BOOTSTRAP_SERVERS));
        assertThat(parsed.<String>matchedOptionValue("--registry-url", ""))
                .hasToString(settings.get(RegistryOptions.URL));
        assertThat(Compose.command("topics")).contains("--topic", "observations");
        assertThat(settings.get(ModelOptions.PATH)).startsWith("/opt/tickformer/models/");
    }

    @Test
    void theLivePageWatchesTheJobByItsSettingsAtThePortThatIsOpen() {
        List<String> page = Compose.command("live-page");
        CommandLine.ParseResult parsed =
                TickformerCommand.commandLine().parseArgs(page.toArray(String[]::new)).subcommand();
        assertThat(page.get(0)).isEqualTo("watch");
        assertThat(parsed.<String>matchedOptionValue("--config", ""))
                .isEqualTo("/opt/tickformer/job.yaml");
        int port = parsed.matchedOptionValue("--port", 0);
        assertThat((List<?>) Compose.services().get("live-page").get("ports"))
                .map(String::valueOf)
                .containsExactly("127.0.0.1:" + port + ":" + port);
        assertThat(Compose.entrypoint("live-page"))
                .isEqualTo(Compose.entrypoint("simulator"))
                .endsWith(TickformerCommand.class.getName());
    }

    @Test
    void bothKindsOfProcessReportToPrometheusAtThePortThatItReads() throws IOException {
        Map<String, String> flink = Compose.flinkProperties("jobmanager");
        assertThat(flink)
                .containsEntry("metrics.reporters", "prom")
                .containsEntry(
                        "metrics.reporter.prom.factory.class",
                        "org.apache.flink.metrics.prometheus.PrometheusReporterFactory");
        assertThat(Repository.read("docker/observability/prometheus.yml"))
                .contains("names: [jobmanager, taskmanager]")
                .contains("port: " + flink.get("metrics.reporter.prom.port") + "\n");
    }

    @Test
    void prometheusAndGrafanaMountWhatIsThereWhereTheirSettingsLookForIt() throws IOException {
        Map<String, String> prometheus = Compose.mounts("prometheus");
        Map<String, String> grafana = Compose.mounts("grafana");
        for (Map<String, String> mounts : List.of(prometheus, grafana)) {
            assertThat(mounts).hasSize(2);
            for (String source : mounts.keySet()) {
                assertThat(Repository.root().resolve("docker").resolve(source)).exists();
            }
        }
        assertThat(Compose.command("prometheus"))
                .contains("--config.file=" + prometheus.get("./observability/prometheus.yml"));
        // Its settings name the rules beside them.
        assertThat(prometheus)
                .containsEntry(
                        "./observability/rules.yml",
                        prometheus
                                .get("./observability/prometheus.yml")
                                .replace("prometheus.yml", "rules.yml"));
        assertThat(Repository.read("docker/observability/prometheus.yml"))
                .contains("  - rules.yml\n");
        String provisioning = "docker/observability/grafana/provisioning/";
        assertThat(Repository.read(provisioning + "dashboards/tickformer.yaml"))
                .contains("path: " + grafana.get("./observability/grafana/dashboards") + "\n");
        assertThat(Repository.read(provisioning + "datasources/prometheus.yaml"))
                .contains("url: http://prometheus:9090\n");
    }

    @Test
    void theFilesOfAGpuChangeTheProcessesOfTheImageAndNoOther() throws IOException {
        String cuda = Repository.read("docker/compose.cuda.yaml");
        assertThat(cuda)
                .contains("image: tickformer:" + pom.get("project.version") + "-cuda\n")
                .contains("capabilities: [gpu]");
        Pattern service = Pattern.compile("(?m)^  ([a-z-]+):$");
        assertThat(service.matcher(cuda).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrder("jobmanager", "taskmanager", "simulator", "live-page");
        List<String> arguments = new ArrayList<>(Compose.command("jobmanager"));
        arguments.addAll(List.of("--model.provider", "cuda"));
        assertThat(cuda).contains("command: [\"" + String.join("\", \"", arguments) + "\"]\n");
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
