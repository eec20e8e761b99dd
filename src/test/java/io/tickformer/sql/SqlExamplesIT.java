package io.tickformer.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.forecaster.SeriesEngine;
import io.tickformer.forecaster.SeriesForecaster;
import io.tickformer.forecaster.SeriesOptions;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.StandaloneCluster;
import io.tickformer.testing.WatchedProcess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of {@code docs/sql}, as a user runs them: a cluster whose {@code lib} has what a
 * distribution has for SQL, and the Kafka connector; a SQL gateway; a SQL client. The job jar comes
 * with {@code USING JAR}.
 */
@Timeout(600)
final class SqlExamplesIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Path SQL_JARS = Path.of("target", "sql-lib");
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int HOURS = 120;
    private static final int SPIKE = 110;
    private static final List<String> METERS = List.of("north", "south");
    private static final Pattern LISTENS =
            Pattern.compile("Rest endpoint listening at [^:]+:(\\d+)");

    /** The files, in the order in which they are run. */
    static final List<String> EXAMPLES =
            List.of(
                    "install",
                    "csv",
                    "forecast",
                    "arrays",
                    "error",
                    "alert",
                    "detect",
                    "model",
                    "kafka");

    @TempDir private Path home;

    @Test
    void everyExampleRunsOnAClusterOfADistribution() throws Exception {
        String run = Long.toHexString(System.nanoTime());
        String input = "meters-" + run;
        String output = "forecasts-" + run;
        createTopics(input, output);
        publish(input);
        Path csv = Files.createDirectories(home.resolve("meters"));
        Files.writeString(csv.resolve("readings.csv"), csv());
        Map<String, String> here = new LinkedHashMap<>();
        here.put("/opt/tickformer/tickformer-job.jar", BuildOutput.jobJar().toString());
        here.put("/opt/tickformer/models", Repository.root().resolve("models").toString());
        here.put("/data/meters", csv.toString());
        here.put("localhost:9092", SharedServers.broker().bootstrapServers());
        here.put("'meters'", "'" + input + "'");
        here.put("'forecasts'", "'" + output + "'");

        List<Path> opt = installTheJarsOfSql();
        try (StandaloneCluster cluster = StandaloneCluster.session(home, clusterProperties());
                WatchedProcess gateway = cluster.start("SQL gateway", 512, opt, gatewayCommand())) {
            String port = gateway.awaitLine(LISTENS, PATIENCE).group(1);
            String printed = client(cluster, opt, port, script(here));

            assertThat(printed).doesNotContain("[ERROR]");
            List<Integer> rows = rows(printed);
            assertThat(rows).as(printed).hasSize(6).doesNotContain(0);
            assertThat(rows.get(0)).isEqualTo(6 * HOURS * METERS.size());
            assertThat(rows.get(1)).isEqualTo((HOURS - 23) * METERS.size());
            assertThat(printed)
                    .containsPattern("\\| +north \\| 2026-03-05 14:00:00.000 \\| +500.0 ");
            assertSameAsWithoutFlink(output);
        }
    }

    /** The examples, one after another, in a file of their own. */
    private Path script(Map<String, String> here) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : EXAMPLES) {
            String text = Files.readString(Repository.root().resolve("docs/sql/" + name + ".sql"));
            for (Map.Entry<String, String> each : here.entrySet()) {
                text = text.replace(each.getKey(), each.getValue());
            }
            all.append(text).append('\n');
        }
        return Files.writeString(home.resolve("examples.sql"), all);
    }

    private static List<String> gatewayCommand() {
        return List.of(
                "org.apache.flink.table.gateway.SqlGateway",
                "-Dsql-gateway.endpoint.rest.address=localhost",
                "-Dsql-gateway.endpoint.rest.bind-address=localhost",
                "-Dsql-gateway.endpoint.rest.bind-port=0");
    }

    private static String client(
            StandaloneCluster cluster, List<Path> opt, String port, Path script)
            throws IOException, InterruptedException {
        List<String> command =
                List.of(
                        "org.apache.flink.table.client.SqlClient",
                        "gateway",
                        "--endpoint",
                        "http://localhost:" + port,
                        "-f",
                        script.toString());
        try (WatchedProcess client = cluster.start("SQL client", 256, opt, command)) {
            return client.awaitEnd(PATIENCE);
        }
    }

    /** The number of rows of each query, in their order. */
    private static List<Integer> rows(String printed) {
        List<Integer> counts = new ArrayList<>();
        Matcher total = Pattern.compile("Received a total of (\\d+) rows?").matcher(printed);
        while (total.find()) {
            counts.add(Integer.valueOf(total.group(1)));
        }
        return counts;
    }

    /** Puts into {@code lib} what a distribution has there, and returns what it has in opt. */
    private List<Path> installTheJarsOfSql() throws IOException {
        Path lib = Files.createDirectories(home.resolve("lib"));
        List<Path> opt = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(SQL_JARS, "*.jar")) {
            for (Path jar : jars) {
                String name = jar.getFileName().toString();
                if (name.startsWith("flink-sql-client") || name.startsWith("flink-sql-gateway")) {
                    opt.add(jar.toAbsolutePath());
                } else {
                    Files.copy(jar, lib.resolve(name));
                }
            }
        }
        assertThat(opt).as("jars in %s, which the build puts there", SQL_JARS).isNotEmpty();
        return opt;
    }

    private static Map<String, String> clusterProperties() {
        return Map.of(
                "jobmanager.memory.process.size", "1024m",
                "taskmanager.memory.process.size", "1728m",
                "taskmanager.numberOfTaskSlots", "2",
                "parallelism.default", "1");
    }

    private static double value(int meter, int hour) {
        return meter == 0 && hour == SPIKE
                ? 500
                : 20 + 6 * meter + 8 * Math.sin(2 * Math.PI * hour / 24) + hour % 5 * 0.25;
    }

    private static Instant time(int hour) {
        return START.plus(Duration.ofHours(hour));
    }

    private static String csv() {
        StringBuilder lines = new StringBuilder();
        for (int hour = 0; hour < HOURS; hour++) {
            for (int meter = 0; meter < METERS.size(); meter++) {
                lines.append(time(hour).toString().replace('T', ' '))
                        .append(',')
                        .append(METERS.get(meter))
                        .append(',')
                        .append(value(meter, hour))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    private static void createTopics(String... names) throws IOException {
        try (TopicAdmin topics =
                new TopicAdmin(SharedServers.broker().bootstrapServers(), PATIENCE)) {
            topics.create(List.of(names), 1, 1);
        }
    }

    private static void publish(String topic) throws Exception {
        Map<String, Object> settings =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        SharedServers.broker().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                for (int meter = 0; meter < METERS.size(); meter++) {
                    String json =
                            "{\"meter\": \"%s\", \"ts\": \"%s\", \"kw\": %s}"
                                    .formatted(METERS.get(meter), time(hour), value(meter, hour));
                    sent.add(producer.send(new ProducerRecord<>(topic, METERS.get(meter), json)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    /** The forecasts in the topic are those that the series have without Flink. */
    private static void assertSameAsWithoutFlink(String topic) throws IOException {
        Map<String, double[]> expected = new TreeMap<>();
        SeriesOptions options =
                SeriesOptions.DEFAULT
                        .withOutOfOrderness(Duration.ofSeconds(10))
                        .withFeedback(FeedbackSettings.DEFAULT.withAnomalies(null))
                        .withEmitted(new ForecastSelection(3, List.of(0.025, 0.975)));
        byte[] model =
                Files.readAllBytes(Repository.root().resolve("models").resolve("universal.onnx"));
        try (SeriesEngine engine =
                SeriesEngine.open(
                        model, null, ExecutionProvider.CPU, options, FeedbackListener.NONE)) {
            for (int meter = 0; meter < METERS.size(); meter++) {
                SeriesForecaster series = new SeriesForecaster(METERS.get(meter), engine);
                for (int hour = 0; hour < HOURS; hour++) {
                    long millis = time(hour).toEpochMilli();
                    put(expected, series.advanceTo(millis - 10_000));
                    put(expected, series.observe(millis, value(meter, hour)));
                }
            }
        }
        // No watermark ends the last hour.
        Map<String, double[]> given = read(topic, expected.size());
        assertThat(given.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (step, values) -> {
                    for (int i = 0; i < values.length; i++) {
                        double scale = 1 + Math.abs(values[i]);
                        assertThat((given.get(step)[i] - values[i]) / scale).isBetween(-1e-5, 1e-5);
                    }
                });
    }

    private static void put(Map<String, double[]> steps, List<Forecast> forecasts) {
        for (Forecast each : forecasts) {
            for (int step = 0; step < each.horizon(); step++) {
                steps.put(
                        each.series() + " " + each.tickTimeMillis() + " " + (step + 1),
                        new double[] {
                            each.mean()[step], each.quantile(step, 0), each.quantile(step, 1)
                        });
            }
        }
    }

    /** Reads the topic until it has held so many different steps. */
    private static Map<String, double[]> read(String topic, int count) throws IOException {
        Map<String, double[]> steps = new TreeMap<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                SharedServers.broker().bootstrapServers(),
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (steps.size() < count) {
                assertThat(System.nanoTime())
                        .as("%d of %d steps", steps.size(), count)
                        .isLessThan(deadline);
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(1))) {
                    JsonNode row = new JsonMapper().readTree(each.value());
                    assertThat(each.key()).isEqualTo(row.get("meter").asText());
                    Instant issued = Instant.parse(row.get("tick_time").asText().replace(' ', 'T'));
                    steps.put(
                            row.get("meter").asText()
                                    + " "
                                    + issued.toEpochMilli()
                                    + " "
                                    + row.get("step").asInt(),
                            new double[] {
                                row.get("mean").asDouble(),
                                row.get("lower_bound").asDouble(),
                                row.get("upper_bound").asDouble()
                            });
                }
            }
        }
        return steps;
    }
}
