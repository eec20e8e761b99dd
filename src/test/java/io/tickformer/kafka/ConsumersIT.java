package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.encode.ForecastAvro;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ForecastRecordSerializer;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.testing.Node;
import io.tickformer.testing.Programs;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.WatchedProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consumers of {@code examples/consumers} against a real broker and a real registry. */
@Timeout(600)
final class ConsumersIT {

    private static final String AVRO = "consumed-avro";
    private static final String JSON = "consumed-json";
    private static final String SCORES = "consumed-scores";
    private static final String ISSUED = "2024-05-01T12:00:00.250Z";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path EXAMPLES = Repository.root().resolve("examples/consumers");

    /** Debian's, which has Debian's packages; another may come first on the path. */
    private static final String PYTHON = "/usr/bin/python3";

    /** A build of one small project, which ends before a compiler of a JVM pays off. */
    private static final Map<String, String> SHORT_LIVED =
            Map.of("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");

    private static final JsonMapper MAPPER = new JsonMapper();

    @BeforeAll
    static void writeForecasts() throws Exception {
        RegistrySettings registry = RegistrySettings.of(URI.create(SharedServers.registry().url()));
        int id = new SchemaRegistryClient(registry).register(AVRO + "-value", Schemas.forecast());
        ForecastAvro avro = new ForecastAvro(id);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.initTransactions();
            producer.beginTransaction();
            Forecast lost = KnownForecasts.neverCommitted();
            send(producer, AVRO, lost, avro.encode(lost));
            send(producer, JSON, lost, ForecastJson.encode(lost));
            producer.abortTransaction();
            producer.beginTransaction();
            for (Forecast each : KnownForecasts.all()) {
                send(producer, AVRO, each, avro.encode(each));
                send(producer, JSON, each, ForecastJson.encode(each));
            }
            producer.send(KnownForecasts.scoreRecord(SCORES, registry)).get(1, TimeUnit.MINUTES);
            producer.commitTransaction();
        }
    }

    @Test
    void nodeReadsCommittedForecastsAndWarnsOfThoseAboveTheCapacity() throws Exception {
        assumeTrue(Node.isPresent(), "Node and npm are on this machine");
        Path node = Node.install(EXAMPLES.resolve("node"));
        List<String> read = List.of("node", node.resolve("read-forecasts.js").toString());
        assertReadsAndWarns(
                read,
                List.of("node", node.resolve("capacity-alert.js").toString()),
                SharedServers.registry().url());
        assertReadsScores(read);
    }

    @Test
    void pythonReadsCommittedForecastsAndWarnsOfThoseAboveTheCapacity() throws Exception {
        assumeTrue(
                Programs.succeeds(PYTHON, "-c", "import confluent_kafka, avro"),
                "Debian's packages python3-confluent-kafka and python3-avro are on this machine");
        Path python = EXAMPLES.resolve("python");
        List<String> read = List.of(PYTHON, "-B", python.resolve("read_forecasts.py").toString());
        assertReadsAndWarns(
                read,
                List.of(PYTHON, "-B", python.resolve("capacity_alert.py").toString()),
                SharedServers.registry().url());
        assertReadsScores(read);
    }

    @Test
    void javaReadsCommittedForecastsAndWarnsOfThoseAboveTheCapacity() throws Exception {
        assumeTrue(Programs.succeeds("mvn", "--version"), "mvn is on the path of this machine");
        Path java = Repository.copyToTarget(EXAMPLES.resolve("java"));
        List<String> build = new ArrayList<>(List.of("mvn", "-q", "-B", "-ntp", "package"));
        build.addAll(List.of("-f", java.resolve("pom.xml").toString()));
        String repository = System.getProperty("localRepository");
        if (repository != null) {
            // That of the build that runs this test.
            build.add("-Dmaven.repo.local=" + repository);
        }
        try (WatchedProcess maven = WatchedProcess.start("mvn package", build, SHORT_LIVED)) {
            maven.awaitEnd(LIMIT);
        }
        String jar = java.resolve("target/forecast-consumers.jar").toString();
        String ccompat = "/apis/ccompat/v7";
        String registry = SharedServers.registry().url();
        assertThat(registry).endsWith(ccompat);
        List<String> warn = new ArrayList<>(java(jar, "CapacityAlert"));
        warn.addAll(List.of("--properties", java.resolve("client.properties").toString()));
        assertReadsAndWarns(
                java(jar, "ReadForecasts"), warn, registry.replace(ccompat, "/apis/registry/v3"));
    }

    @Test
    void kcatPrintsTheCommittedForecastsOfATopicInJson() throws Exception {
        assumeTrue(Programs.succeeds("kcat", "-V"), "Debian's package kcat is on this machine");
        String line =
                Repository.read("docs/output.md")
                        .lines()
                        .filter(each -> each.startsWith("kcat "))
                        .findFirst()
                        .orElseThrow()
                        .replace("localhost:9092", SharedServers.broker().bootstrapServers())
                        .replace("-t forecasts ", "-t " + JSON + " ");
        List<Forecast> decoded = new ArrayList<>();
        try (WatchedProcess kcat =
                WatchedProcess.start("kcat", List.of(line.split(" ", -1)), Map.of())) {
            for (String json : kcat.awaitEnd(LIMIT).lines().toList()) {
                decoded.add(ForecastJson.decode(json.getBytes(StandardCharsets.UTF_8)));
            }
        }
        assertThat(decoded).isEqualTo(KnownForecasts.all());
    }

    private static List<String> java(String jar, String name) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar,
                "io.tickformer.examples.consumers." + name);
    }

    /** Runs a consumer that prints forecasts, and one that warns for both forms of the topic. */
    private static void assertReadsAndWarns(List<String> read, List<String> warn, String registry)
            throws Exception {
        String capacity = String.valueOf(KnownForecasts.CAPACITY);
        try (WatchedProcess reader = start(read, registry, "--topic", AVRO);
                WatchedProcess avro =
                        start(warn, registry, "--topic", AVRO, "--capacity", capacity);
                WatchedProcess json =
                        start(
                                warn,
                                registry,
                                "--topic",
                                JSON,
                                "--format",
                                "json",
                                "--capacity",
                                capacity)) {
            assertSame(lines(reader), KnownForecasts.all());
            assertThat(alerts(avro)).as("alerts from Avro").isEqualTo(KnownForecasts.alerts());
            assertThat(alerts(json)).as("alerts from JSON").isEqualTo(KnownForecasts.alerts());
        }
    }

    /** Runs a consumer that prints forecasts on another topic. */
    private static void assertReadsScores(List<String> read) throws Exception {
        String registry = SharedServers.registry().url();
        try (WatchedProcess scores = start(read, registry, "--topic", SCORES, "--count", "1")) {
            assertThat(lines(scores))
                    .singleElement()
                    .satisfies(
                            score -> {
                                assertThat(score.at("/series").asText()).isEqualTo("käse");
                                assertThat(score.at("/steps/0/absolute_error").asDouble())
                                        .isEqualTo(1.5);
                                assertThat(score.at("/steps/0/coverage/0").asDouble())
                                        .isEqualTo(0.8);
                            });
        }
    }

    private static WatchedProcess start(List<String> program, String registry, String... more)
            throws Exception {
        List<String> command = new ArrayList<>(program);
        String name = Path.of(program.get(program.size() - 1)).getFileName() + "-" + more[1];
        command.addAll(
                List.of(
                        "--bootstrap-servers",
                        SharedServers.broker().bootstrapServers(),
                        "--registry",
                        registry,
                        "--group",
                        name,
                        "--count",
                        String.valueOf(KnownForecasts.all().size())));
        command.addAll(List.of(more));
        return WatchedProcess.start(name, command, Map.of());
    }

    private static List<JsonNode> lines(WatchedProcess consumer) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : consumer.awaitEnd(LIMIT).lines().toList()) {
            // The rest is what clients say on the standard error stream.
            if (line.startsWith("{")) {
                lines.add(MAPPER.readTree(line));
            }
        }
        return lines;
    }

    private static List<KnownForecasts.Alert> alerts(WatchedProcess consumer) throws Exception {
        List<KnownForecasts.Alert> alerts = new ArrayList<>();
        for (JsonNode line : lines(consumer)) {
            alerts.add(
                    new KnownForecasts.Alert(
                            line.get("series").asText(),
                            Instant.parse(line.get("tick_time").asText()),
                            Instant.parse(line.get("crossing_time").asText()),
                            // Where a quantile is interpolated, the last digits may differ.
                            Math.round(line.get("quantile").asDouble() * 1e9) / 1e9,
                            ForecastQuality.valueOf(line.get("quality").asText())));
        }
        return alerts;
    }

    private static void assertSame(List<JsonNode> decoded, List<Forecast> forecasts) {
        assertThat(decoded).hasSameSizeAs(forecasts);
        for (int i = 0; i < decoded.size(); i++) {
            assertSame(decoded.get(i), forecasts.get(i));
        }
    }

    private static void assertSame(JsonNode decoded, Forecast forecast) {
        assertThat(decoded.get("series").asText()).isEqualTo(forecast.series());
        assertThat(decoded.get("tick_index").asLong()).isEqualTo(forecast.tickIndex());
        assertThat(time(decoded.get("tick_time"))).isEqualTo(forecast.tickTimeMillis());
        assertThat(decoded.get("horizon").asInt()).isEqualTo(forecast.horizon());
        assertThat(decoded.get("model_name").asText()).isEqualTo(forecast.modelName());
        assertThat(decoded.get("quality").asText()).isEqualTo(forecast.quality().name());
        assertThat(decoded.get("calibrated").asBoolean()).isEqualTo(forecast.calibrated());
        assertThat(decoded.get("issued_at").asText()).isEqualTo(ISSUED);
        double[] levels = forecast.quantileLevels();
        for (int step = 0; step < forecast.horizon(); step++) {
            assertThat(decoded.get("mean").get(step).asDouble()).isEqualTo(forecast.mean()[step]);
            for (int level = 0; level < levels.length; level++) {
                assertThat(decoded.get("quantile_levels").get(level).asDouble())
                        .isEqualTo(levels[level]);
                assertThat(decoded.get("quantiles").get(step).get(level).asDouble())
                        .isEqualTo(forecast.quantile(step, level));
            }
        }
    }

    /** A time in milliseconds, or as the text that some clients make of it. */
    private static long time(JsonNode time) {
        return time.isNumber() ? time.asLong() : Instant.parse(time.asText()).toEpochMilli();
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, Forecast forecast, byte[] value)
            throws Exception {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(
                        topic, forecast.series().getBytes(StandardCharsets.UTF_8), value);
        sent.headers()
                .add(ForecastRecordSerializer.ISSUED_AT, ISSUED.getBytes(StandardCharsets.UTF_8));
        producer.send(sent).get(1, TimeUnit.MINUTES);
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        SharedServers.broker().bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "consumers-test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
