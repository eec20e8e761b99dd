package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.Certificates;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SecureServers;
import io.tickformer.testing.StandaloneCluster;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a cluster of several processes, between a broker and a registry that ask for
 * passwords over TLS: what it issues, and where the passwords are not to be found.
 */
@Timeout(900)
final class SecureJobIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final String FLINK_SECRET = "flink-secret-w3z8";

    /** Pages of a cluster, those of a job after them. */
    private static final List<String> CLUSTER_PAGES =
            List.of(
                    "/config",
                    "/overview",
                    "/jobs/overview",
                    "/jobmanager/config",
                    "/jobmanager/environment",
                    "/taskmanagers",
                    "/jars");

    private static final List<String> JOB_PAGES =
            List.of(
                    "",
                    "/config",
                    "/plan",
                    "/exceptions",
                    "/accumulators",
                    "/checkpoints",
                    "/checkpoints/config",
                    "/jobmanager/config",
                    "/jobmanager/environment");

    @TempDir private static Path folder;
    private static SecureServers servers;

    @BeforeAll
    static void startServers() throws Exception {
        servers = new SecureServers(folder.resolve("servers"));
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Test
    void itForecastsAndItsPasswordsAreInNoLogAndOnNoPage() throws Exception {
        Path home = folder.resolve("cluster");
        byte[] onnx = TestModels.streaming();
        Map<String, String> settings = servers.byPassword();
        settings.put("source.topics", "in");
        settings.put("source.start", "earliest");
        settings.put("model.path", Files.write(folder.resolve("m.onnx"), onnx).toString());
        settings.put("sink.topic", "out");
        settings.put("forecast.from", "earliest");
        settings.put("feedback.calibrate", "false");
        settings.put("feedback.mixture", "false");
        settings.put("checkpoint.interval", "1 s");
        Path secret = Files.writeString(folder.resolve("flink-secret"), FLINK_SECRET);
        settings.put("flink.s3.secret-key", "${file:%s}".formatted(secret));
        Path config = SecureServers.write(settings, folder.resolve("job.yaml"));
        List<Observation> observations = observations();
        createTopics();
        publish(observations);
        Path log = log(home);

        try (StandaloneCluster cluster = StandaloneCluster.session(home, properties())) {
            String job = cluster.run(BuildOutput.jobJar(), List.of("--config", config.toString()));
            List<Forecast> expected =
                    ExpectedForecasts.of(ExpectedForecasts.ticks(closed(observations), HOUR), onnx);
            List<Forecast> issued;
            try (ForecastTopicReader reader =
                    new ForecastTopicReader(servers.openBroker(), "out", format())) {
                issued = ExpectedForecasts.await(reader, expected.size());
            }
            ExpectedForecasts.assertEqual(issued, expected);

            Map<String, String> pages = pages(cluster.restPort(), job);
            assertThat(pages.get("/jobs/" + job)).contains("forecast sink");
            assertThat(pages).allSatisfy((page, text) -> assertNoSecret(text));
            // While it runs: its checkpoints and what was shipped with it are there.
            assertThat(filesWith("forecast", home)).isNotEmpty();
            assertThat(filesWith(SecureServers.KAFKA_PASSWORD, home)).isEmpty();
            cluster.cancel(job);
        }

        String logged = Files.readString(log);
        // The clients have told their settings, so a password had its chance to be told.
        assertThat(logged)
                .contains("ConsumerConfig values")
                .contains("ProducerConfig values")
                .contains("AdminClientConfig values")
                .contains("sasl.jaas.config = [hidden]");
        assertNoSecret(logged);
    }

    private static Map<String, String> properties() {
        return Map.of(
                "jobmanager.memory.process.size", "1024m",
                "taskmanager.memory.process.size", "1536m",
                "taskmanager.memory.task.off-heap.size", "256m",
                "taskmanager.numberOfTaskSlots", "1");
    }

    /** What the clients of all processes log goes into one file, that of Kafka included. */
    private static Path log(Path home) throws IOException {
        Path log = home.resolve("log").resolve("all.log");
        Files.createDirectories(home.resolve("conf"));
        Files.writeString(
                home.resolve("conf").resolve("log4j-console.properties"),
                """
                rootLogger.level = INFO
                rootLogger.appenderRef.console.ref = Console
                rootLogger.appenderRef.file.ref = File
                appender.console.name = Console
                appender.console.type = Console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = %%d{HH:mm:ss} %%-5p %%c{1} %%m%%n%%ex
                appender.file.name = File
                appender.file.type = File
                appender.file.fileName = %s
                appender.file.append = true
                appender.file.layout.type = PatternLayout
                appender.file.layout.pattern = %%d{HH:mm:ss} %%-5p %%c{1} %%m%%n%%ex
                """
                        .formatted(log));
        return log;
    }

    private static void assertNoSecret(String text) {
        assertThat(text)
                .doesNotContain(SecureServers.KAFKA_PASSWORD)
                .doesNotContain(SecureServers.REGISTRY_PASSWORD)
                .doesNotContain(Certificates.PASSWORD)
                .doesNotContain(FLINK_SECRET);
    }

    private static Map<String, String> pages(int port, String job) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        List<String> paths = new ArrayList<>(CLUSTER_PAGES);
        JOB_PAGES.forEach(page -> paths.add("/jobs/" + job + page));
        JsonNode plan = new JsonMapper().readTree(page(client, port, "/jobs/" + job));
        for (JsonNode vertex : plan.get("vertices")) {
            paths.add("/jobs/" + job + "/vertices/" + vertex.get("id").asText());
        }
        Map<String, String> pages = new LinkedHashMap<>();
        for (String path : paths) {
            pages.put(path, page(client, port, path));
        }
        return pages;
    }

    private static String page(HttpClient client, int port, String path) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path).isLessThan(500);
        return answer.body();
    }

    /** Files of the cluster, its checkpoints and job graphs among them, that hold a text. */
    private static List<Path> filesWith(String text, Path home) throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path file : filesBelow(home)) {
            if (holds(file, text)) {
                found.add(file);
            }
        }
        return found;
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        found.add(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path each, IOException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }

    private static boolean holds(Path file, String text) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (NoSuchFileException e) {
            // A checkpoint that a later one has replaced.
            return false;
        }
    }

    private static List<Observation> observations() {
        List<Observation> observations = new ArrayList<>();
        for (int tick = 0; tick < 20; tick++) {
            for (String series : List.of("north", "south")) {
                double value = series.length() + Math.sin(tick / 3.0);
                observations.add(new Observation(series, START + tick * HOUR + HOUR / 2, value));
            }
        }
        return observations;
    }

    /** Those of the ticks that a later observation has closed. */
    private static List<Observation> closed(List<Observation> observations) {
        return observations.subList(0, observations.size() - 2);
    }

    private static void createTopics() throws IOException {
        Duration patience = Duration.ofMinutes(1);
        KafkaConnection open = KafkaConnection.of(servers.openBroker());
        try (TopicAdmin topics = new TopicAdmin(open, patience)) {
            topics.create(List.of("in", "out"), 1, 1);
        }
    }

    private static void publish(List<Observation> observations) throws IOException {
        try (ObservationProducer producer =
                new ObservationProducer(servers.openBroker(), "in", format())) {
            for (Observation observation : observations) {
                producer.send(observation);
            }
            producer.flush();
        }
    }

    private static OutputFormat format() {
        return OutputFormat.avro(RegistrySettings.of(URI.create(servers.openRegistry())));
    }
}
