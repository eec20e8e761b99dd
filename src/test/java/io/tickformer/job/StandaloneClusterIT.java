package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.cli.TickformerCommand;
import io.tickformer.console.ExitCodes;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.OfflineForecasts;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.Compose;
import io.tickformer.testing.Confinement;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.ImageLayout;
import io.tickformer.testing.StandaloneCluster;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import io.tickformer.testing.WatchedProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on Flink clusters of several processes, against a real broker and a real registry.
 * Every forecast must equal the one computed offline from the same ticks.
 */
@Timeout(600)
final class StandaloneClusterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long POLL_NANOS = Duration.ofMillis(100).toNanos();
    private static final Pattern PAGE = Pattern.compile("live page  (http://\\S+/)");
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long FIRST_TICK =
            Instant.parse("2024-03-01T00:00:00Z").toEpochMilli() / HOUR;
    private static final List<String> SERIES = List.of("north", "south");

    /** Hourly ticks, T = 13, H = 4. */
    private static final ForecastSpec SPEC = TestSpecs.streaming(HOUR, 4, 4, 4, 1, 8, 2, 16);

    private static BrokerProcess broker;
    private static RegistryProcess registry;

    @BeforeAll
    static void startServers() {
        broker = BrokerProcess.start();
        registry = RegistryProcess.start();
    }

    @AfterAll
    static void stopServers() {
        registry.close();
        broker.close();
    }

    @Test
    void theJobJarForecastsAndForecastsAgainWhenResubmittedToTheSameProcess(@TempDir Path home)
            throws Exception {
        byte[] onnx = TestModels.transformer(SPEC, 7);
        Path model = Files.write(home.resolve("test.onnx"), onnx);
        createTopic("session-in", 1);
        createTopic("session-out", 1);
        Map<String, String> properties =
                Map.of(
                        "jobmanager.memory.process.size", "1024m",
                        "taskmanager.memory.process.size", "1536m",
                        "taskmanager.memory.task.off-heap.size", "256m",
                        "taskmanager.numberOfTaskSlots", "1");
        List<String> arguments =
                List.of(
                        "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                        "--registry.url=" + registry.url(),
                        "--source.topics=session-in",
                        "--source.start=earliest",
                        "--forecast.from=earliest",
                        "--model.path=" + model,
                        "--feedback.calibrate=false",
                        "--feedback.mixture=false",
                        "--sink.topic=session-out",
                        "--checkpoint.interval=1s");
        try (StandaloneCluster cluster = StandaloneCluster.session(home, properties)) {
            List<Observation> first = observations(FIRST_TICK, 30);
            publish("session-in", first);
            String job = cluster.run(BuildOutput.jobJar(), arguments);
            WatchedProcess taskManager = cluster.taskManager();
            List<Forecast> before = await("session-out", first.size() - SERIES.size());
            ForecastCheck.assertSame(before, offline(onnx, first));

            cluster.cancel(job);
            List<Observation> second = observations(FIRST_TICK + 30, 10);
            publish("session-in", second);
            List<Observation> both = new ArrayList<>(first);
            both.addAll(second);
            cluster.run(BuildOutput.jobJar(), arguments);

            // The second submission reads from the beginning and repeats what the first issued.
            int repeated = both.size() - SERIES.size();
            List<Forecast> all = await("session-out", before.size() + repeated);
            ForecastCheck.assertSame(all.subList(before.size(), all.size()), offline(onnx, both));
            assertThat(cluster.taskManager()).isSameAs(taskManager);
            assertThat(taskManager.isAlive()).isTrue();
        }
    }

    /**
     * The processes of the containers, with the files of the image at their places, as its user,
     * under a root that cannot be written.
     */
    @Test
    void theContainersForecastInApplicationModeAndShowItOnTheLivePage(@TempDir Path folder)
            throws Exception {
        byte[] onnx = TestModels.transformer(SPEC, 7);
        Path image = folder.resolve("image");
        ImageLayout.layOut(image);
        Files.write(image.resolve("opt/tickformer/models/test.onnx"), onnx);
        // What Flink's scripts would make of the image, and the volume of the checkpoints.
        Path home = Files.createDirectories(folder.resolve("home"));
        copy(
                image.resolve("opt/flink/usrlib/tickformer-job.jar"),
                home.resolve("usrlib/tickformer-job.jar"));
        try (DirectoryStream<Path> jars =
                Files.newDirectoryStream(image.resolve("opt/flink/lib"), "onnxruntime*.jar")) {
            for (Path jar : jars) {
                copy(jar, home.resolve("lib").resolve(jar.getFileName().toString()));
            }
        }
        List<Path> writable = List.of(home.resolve("tmp"), home.resolve("checkpoints"));
        for (Path each : writable) {
            Files.setPosixFilePermissions(
                    Files.createDirectory(each), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Confinement confinement = new Confinement(image, List.of(home), writable);
        assumeTrue(
                confinement.isPossible(),
                "needs root and the programs unshare, mount and setpriv, which Debian has as"
                        + " util-linux and mount");
        createTopic("observations", 2);
        List<String> outputs =
                List.of(
                        "forecasts",
                        "dead-letters",
                        "late-observations",
                        "scores",
                        "anomalies",
                        "forecast-events");
        List<Observation> observations = observations(FIRST_TICK, 30);
        publish("observations", observations);
        Map<String, String> properties = new HashMap<>(Compose.flinkProperties("jobmanager"));
        // Here both processes have one network.
        properties.replace("metrics.reporter.prom.port", "0");
        try (StandaloneCluster cluster =
                        StandaloneCluster.application(
                                home,
                                properties,
                                jobArguments(),
                                command -> confinement.command(withJarsOfTheImage(command)));
                WatchedProcess page =
                        WatchedProcess.start(
                                "live page",
                                confinement.command(livePage()),
                                Map.of("ORT_DISABLE_TELEMETRY", "1"))) {
            for (WatchedProcess each : List.of(cluster.jobManager(), cluster.taskManager())) {
                assertThat(Confinement.objections(each.pid())).isEmpty();
            }
            int count = observations.size() - SERIES.size();
            List<Forecast> issued = await("forecasts", count);
            ForecastCheck.assertSame(issued, offline(onnx, observations));
            assertThat(cluster.taskManager().isAlive()).isTrue();

            String url = page.awaitLine(PAGE, PATIENCE).group(1);
            assertThat(Confinement.objections(page.pid())).isEmpty();
            JsonNode overview = overview(url, count);
            assertThat(overview.get("series").findValuesAsText("key"))
                    .containsExactlyInAnyOrderElementsOf(SERIES);
            assertThat(overview.get("events").asInt()).isEqualTo(observations.size());
        }
        // Not a default: the job made these topics, so it has read its settings.
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers(), PATIENCE)) {
            assertThat(topics.names()).containsAll(outputs);
        }
    }

    /** The folder of this build may be hidden from the processes, or closed to their user. */
    private static List<String> withJarsOfTheImage(List<String> command) {
        List<String> inside = new ArrayList<>(List.of("env", "CLASSPATH=/opt/flink/lib/*"));
        inside.addAll(command);
        return inside;
    }

    /** Asks the page until it has so many forecasts, and all that was sent. */
    private static JsonNode overview(String url, int count) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "api/overview")).build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode overview =
                    new JsonMapper()
                            .readTree(
                                    client.send(request, HttpResponse.BodyHandlers.ofString())
                                            .body());
            if (overview.get("forecasts").asInt() >= count
                    && overview.get("events").asInt() >= count) {
                return overview;
            }
            assertThat(System.nanoTime()).as(overview.toString()).isLessThan(deadline);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** That of the container, with the places of this machine. */
    private static List<String> livePage() {
        List<String> command = new ArrayList<>(Compose.entrypoint("live-page"));
        assertThat(command.get(0)).isEqualTo("java");
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : Compose.command("live-page")) {
            command.add(argument.equals("8484") ? "0" : argument);
        }
        command.addAll(ofThisMachine());
        return command;
    }

    @Test
    void theContainersSimulatorFillsItsTopic() throws Exception {
        createTopic("simulated", 2);
        Map<String, String> here =
                Map.of(
                        "broker:9092", broker.bootstrapServers(),
                        "http://registry:8080/apis/ccompat/v7", registry.url(),
                        "observations", "simulated");
        List<String> arguments = new ArrayList<>();
        Compose.command("simulator").forEach(each -> arguments.add(here.getOrDefault(each, each)));
        arguments.addAll(List.of("--ticks", "5", "--meters", "3", "--json"));
        StringWriter out = new StringWriter();
        int code =
                TickformerCommand.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCodes.OK);
        List<String> lines = out.toString().lines().toList();
        JsonNode summary = new JsonMapper().readTree(lines.get(lines.size() - 1));
        assertThat(summary.get("ticks").asLong()).isEqualTo(5);
        assertThat(summary.get("events").asLong()).isPositive().isEqualTo(records("simulated"));
    }

    private static long records(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Those of the container, with the places of this machine. */
    private static List<String> jobArguments() {
        List<String> command = Compose.command("jobmanager");
        assertThat(command.get(0)).isEqualTo("standalone-job");
        List<String> arguments = new ArrayList<>(command.subList(1, command.size()));
        arguments.addAll(ofThisMachine());
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        return arguments;
    }

    private static List<String> ofThisMachine() {
        return List.of(
                "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                "--registry.url=" + registry.url(),
                "--model.path=/opt/tickformer/models/test.onnx");
    }

    private static void createTopic(String name, int partitions) throws IOException {
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers(), PATIENCE)) {
            topics.create(List.of(name), partitions, 1);
        }
    }

    /** One observation a series and tick, mid-tick. */
    private static List<Observation> observations(long firstTick, int ticks) {
        List<Observation> observations = new ArrayList<>();
        for (long tick = firstTick; tick < firstTick + ticks; tick++) {
            for (int i = 0; i < SERIES.size(); i++) {
                double value = 10 * (i + 1) + 3 * Math.sin(2 * Math.PI * tick / 24) + i * tick % 7;
                observations.add(new Observation(SERIES.get(i), tick * HOUR + HOUR / 2, value));
            }
        }
        return observations;
    }

    private static void publish(String topic, List<Observation> observations) throws IOException {
        try (ObservationProducer producer =
                new ObservationProducer(broker.bootstrapServers(), topic, format())) {
            for (Observation each : observations) {
                producer.send(each);
            }
            producer.flush();
        }
    }

    /** Reads until the topic has held so many committed forecasts. */
    private static List<Forecast> await(String topic, int count) throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ForecastTopicReader reader =
                new ForecastTopicReader(broker.bootstrapServers(), topic, format())) {
            while (forecasts.size() < count) {
                assertThat(System.nanoTime())
                        .as("forecasts: %d", forecasts.size())
                        .isLessThan(deadline);
                reader.poll(Duration.ofSeconds(1)).forEach(each -> forecasts.add(each.forecast()));
            }
        }
        return forecasts;
    }

    /** The forecasts of every tick but the last of each series, which no watermark has closed. */
    private static List<Forecast> offline(byte[] onnx, List<Observation> observations) {
        List<Tick> ticks = new ArrayList<>();
        for (Observation each : observations.subList(0, observations.size() - SERIES.size())) {
            long index = Tick.indexOf(each.eventTimeMillis(), HOUR);
            ticks.add(new Tick(each.series(), index, each.value()));
        }
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU);
                OfflineForecasts offline = new OfflineForecasts(model, 16, ForecastSelection.ALL)) {
            return offline.replay(ticks);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    private static OutputFormat format() {
        return OutputFormat.avro(RegistrySettings.of(URI.create(registry.url())));
    }
}
