package io.tickformer.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.Installation;
import io.tickformer.process.Ports;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.WatchedProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The terminal output of {@code tickformer run} in its own process, with a real broker. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class RunConsoleIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long HOUR = 3_600_000;

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static Path modelFile;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedServers.broker();
        modelFile = Files.write(folder.resolve("model.onnx"), TestModels.streaming());
    }

    @Test
    void timesInSecondsAreSaidWithTheUnitThatFits() throws Exception {
        long now = System.currentTimeMillis() / 1_000;
        send("seconds", 60, i -> reading(now - 60 + i));
        try (WatchedProcess run = start("seconds")) {
            run.awaitLine(
                    Pattern.compile(
                            "attention: event times are around 1970-01-.*, but the records were"
                                    + " written on .*: set source.time-unit to seconds"),
                    PATIENCE);
        }
    }

    @Test
    void aPastThatIsNotForecastIsSaidAndCtrlCPrintsTheLastLine() throws Exception {
        long old = Instant.parse("2016-07-01T00:00:00Z").toEpochMilli();
        send("past", 60, i -> reading(old + i * HOUR));
        int port = Ports.free();
        try (WatchedProcess run = start("past", "--job.prometheus-port=" + port)) {
            run.awaitLine(Pattern.compile("earlier ones fill the contexts"), PATIENCE);
            run.awaitLine(
                    Pattern.compile(
                            "attention: \\d+ ticks ended before the job started: .*newest readings"
                                    + " are from 2016-07-0\\d.*set forecast.from to earliest"),
                    PATIENCE);
            assertThat(metrics(port)).containsPattern("_ticksNotForecast\\{.*} [1-9]");
            assertThat(ProcessHandle.of(run.pid()).orElseThrow().destroy()).isTrue();
            run.awaitLine(
                    Pattern.compile(
                            "end: read +60  ticks +\\d+  forecasts +0  .*all read, \\d+ years behind"),
                    PATIENCE);
        }
    }

    @Test
    void aSinkThatTakesNoForecastsIsSaidWithWhatToDo() throws Exception {
        long start = Instant.parse("2016-07-01T00:00:00Z").toEpochMilli();
        send("refusing", 60, i -> reading(start + i * HOUR));
        try (WatchedProcess run = start("refusing", "--forecast.from=earliest")) {
            run.awaitLine(Pattern.compile("read +60  ticks +[1-9]"), PATIENCE);
            setLargest("refusing-out", 100);
            send("refusing", 60, i -> reading(start + (60 + i) * HOUR));

            run.awaitLine(
                    Pattern.compile("restart \\d+: .*raise max.message.bytes of the topic"),
                    PATIENCE);
        }
    }

    /** What the process serves to Prometheus. */
    private static String metrics(int port) throws Exception {
        URI address = URI.create("http://localhost:" + port + "/metrics");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private static String reading(long time) {
        return "{\"series\":\"north\",\"event_time\":%d,\"value\":1.5}".formatted(time);
    }

    private static void send(String topic, int count, IntFunction<String> value) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            if (!topics.names().contains(topic)) {
                topics.create(List.of(topic, topic + "-out"), 1, 1);
            }
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                byte[] bytes = value.apply(i).getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, bytes)).get();
            }
        }
    }

    private static void setLargest(String topic, int bytes) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            ConfigEntry entry =
                    new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes));
            admin.incrementalAlterConfigs(
                            Map.of(
                                    new ConfigResource(ConfigResource.Type.TOPIC, topic),
                                    List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    private static WatchedProcess start(String topic, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add(TickformerCommand.class.getName());
        arguments.add("run");
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--kafka.group-id=" + topic);
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + topic);
        arguments.add("--source.format=json");
        arguments.add("--sink.topic=" + topic + "-out");
        arguments.add("--sink.format=json");
        arguments.add("--sink.transactional-id-prefix=" + topic);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--checkpoint.directory=" + folder.resolve(topic + "-checkpoints").toUri());
        arguments.add("--job.parallelism=1");
        arguments.add("--job.report-interval=1 s");
        arguments.addAll(List.of(more));
        return WatchedProcess.startJava(
                "tickformer run",
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dtickformer.home=" + Installation.current().home(),
                        "-Dtickformer.log=" + folder.resolve(topic + ".log"),
                        "-Dlog4j2.configurationFile=io/tickformer/cli/log4j2-command.xml",
                        "--add-opens=java.base/java.util=ALL-UNNAMED",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path")),
                Map.of(),
                arguments);
    }
}
