package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.cli.TickformerCommand;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.CheckedDecoder;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Dead letters of a running job, put back once they or their cause are repaired. */
@Timeout(value = 480, unit = TimeUnit.SECONDS)
final class DeadLetterReplayIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final byte[] MODEL = TestModels.streaming();
    private static final int HOURS = 30;

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static RegistryProcess registry;
    private static Path modelFile;

    private record Run(int code, String out, String err) {}

    @BeforeAll
    static void startServers() throws Exception {
        broker = SharedServers.broker();
        registry = RegistryProcess.start();
        modelFile = Files.write(folder.resolve("model.onnx"), MODEL);
    }

    @AfterAll
    static void stopServers() {
        registry.close();
    }

    @Test
    void recordsOfASchemaThatIsRegisteredLaterAreForecastAsIfTheyHadBeenInTime() throws Exception {
        OutputFormat format = OutputFormat.avro(settings());
        Path config = config("late", "avro");
        JobClient job = start("late", config);
        List<Observation> south = history("south", HOURS);
        try (ObservationProducer producer =
                        new ObservationProducer(broker.bootstrapServers(), "late-in", format);
                ForecastTopicReader reader =
                        new ForecastTopicReader(broker.bootstrapServers(), "late-out", format)) {
            for (Observation observation : history("north", HOURS + 10)) {
                producer.send(observation);
            }
            producer.flush();
            ExpectedForecasts.await(reader, HOURS);
            // The job has registered its own by now: the ids of a registry count upwards.
            int id = registry().register("probe", schema(0)) + 2;
            for (Observation observation : south) {
                producer.sendRaw("south".getBytes(UTF_8), CheckedDecoder.avro(observation, id));
            }
            producer.flush();
            KafkaRecords.await(broker.bootstrapServers(), "late-dead", HOURS);

            Run listed = run(config, "--reason", "UNKNOWN_SCHEMA");
            assertThat(listed.code).as(listed.err).isZero();
            assertThat(listed.out)
                    .contains("30 dead letters, 0 replayed before and skipped, 30 selected")
                    .contains("30 UNKNOWN_SCHEMA from late-in")
                    .contains("the schema registry has no schema with id " + id)
                    .contains("nothing was written; --write replays the selected letters");

            // Too early: each fails again.
            assertThat(run(config, "--write").out).contains("30 replayed");
            KafkaRecords.await(broker.bootstrapServers(), "late-dead", 3 * HOURS);
            assertThat(run(config, "--json").out)
                    .contains("\"dead_letters\":60,\"put_back_before\":30,\"selected\":30")
                    .contains("\"reasons\":{\"UNKNOWN_SCHEMA\":30}");
            assertThat(run(config).out).contains("30 of them failed again");

            for (int i = 1; registry().register("probe", schema(i)) < id; i++) {
                assertThat(i).as("schemas registered without reaching id " + id).isLessThan(10);
            }
            int probes = awaitThatTheJobKnows(id, producer, reader);
            assertThat(run(config, "--write", "--topic=elsewhere").out).contains("0 replayed");
            assertThat(run(config, "--write", "--topic=late-in", "--partition=0").out)
                    .contains("30 replayed");
            List<Forecast> issued = await(reader, "south", HOURS);
            ExpectedForecasts.assertEqual(
                    issued, ExpectedForecasts.of(ExpectedForecasts.ticks(south, HOUR), MODEL));

            assertThat(run(config, "--write").out)
                    .contains("replayed before and skipped, 0 selected")
                    .contains("0 replayed");
            assertPutBackAsTheyWere(south, id, probes);
        } finally {
            job.cancel().get();
        }
    }

    /** The last thirty records of the topic. */
    private static void assertPutBackAsTheyWere(List<Observation> south, int id, int probes) {
        List<ConsumerRecord<byte[], byte[]>> all =
                KafkaRecords.await(
                        broker.bootstrapServers(), "late-in", HOURS + 10 + 3 * HOURS + probes);
        List<ConsumerRecord<byte[], byte[]>> first = all.subList(HOURS + 10, 2 * HOURS + 10);
        List<ConsumerRecord<byte[], byte[]>> last = lastOf("south", all);
        for (int i = 0; i < HOURS; i++) {
            assertThat(last.get(i).key()).isEqualTo("south".getBytes(UTF_8));
            assertThat(last.get(i).value()).isEqualTo(CheckedDecoder.avro(south.get(i), id));
            assertThat(last.get(i).timestamp()).isEqualTo(first.get(i).timestamp());
            assertThat(KafkaRecords.header(last.get(i), "replayed-from"))
                    .isEqualTo("late-in-0@" + first.get(i).offset());
            assertThat(KafkaRecords.header(last.get(i), "replayed-times")).isEqualTo("2");
            assertThat(last.get(i).headers()).hasSize(2);
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> lastOf(
            String key, List<ConsumerRecord<byte[], byte[]>> all) {
        List<ConsumerRecord<byte[], byte[]>> own =
                all.stream().filter(each -> key.equals(new String(each.key(), UTF_8))).toList();
        return own.subList(own.size() - HOURS, own.size());
    }

    /**
     * The job remembers for ten seconds that it knew no schema.
     *
     * @return how many records are sent to find out, those included that come too early and are put
     *     back with the rest
     */
    private static int awaitThatTheJobKnows(
            int id, ObservationProducer producer, ForecastTopicReader reader) throws Exception {
        Observation probe = new Observation("probe", START, 1);
        List<Forecast> forecasts = new ArrayList<>();
        int sent = 0;
        while (forecasts.isEmpty()) {
            sent++;
            producer.sendRaw("probe".getBytes(UTF_8), CheckedDecoder.avro(probe, id));
            producer.flush();
            for (ForecastTopicReader.Issued issued : reader.poll(Duration.ofSeconds(1))) {
                if (issued.forecast().series().equals("probe")) {
                    forecasts.add(issued.forecast());
                }
            }
        }
        // Those that came too early.
        assertThat(
                        run(config("late", "avro"), "--export", folder.resolve("probes").toString())
                                .code)
                .isZero();
        List<String> letters = Files.readAllLines(folder.resolve("probes"));
        for (String line : letters) {
            assertThat(line).contains("\"reason\":\"UNKNOWN_SCHEMA\"");
        }
        return sent + letters.size() - HOURS;
    }

    @Test
    void recordsThatAreRepairedInAFileArePutBackOnceAndForecast() throws Exception {
        Path config = config("edit", "json");
        JobClient job = start("edit", config);
        try (ObservationProducer producer =
                        new ObservationProducer(
                                broker.bootstrapServers(), "edit-in", OutputFormat.json());
                ForecastTopicReader reader =
                        new ForecastTopicReader(
                                broker.bootstrapServers(), "edit-out", OutputFormat.json())) {
            for (Observation observation : history("north", HOURS + 10)) {
                producer.send(observation);
            }
            List<Observation> south = history("south", HOURS);
            for (Observation observation : south) {
                producer.sendRaw(
                        new byte[] {0, 1, 2},
                        "{\"series\":\"south\",\"event_time\":%d,\"valeu\":%s}"
                                .formatted(observation.eventTimeMillis(), observation.value())
                                .getBytes(UTF_8));
            }
            producer.flush();
            KafkaRecords.await(broker.bootstrapServers(), "edit-dead", HOURS);
            Path file = folder.resolve("letters.jsonl");
            assertThat(run(config, "--export", file.toString()).out)
                    .contains("30 NO_VALUE from edit-in", "written to " + file);
            assertThat(run(config, "--export", file.toString()).err).contains("it exists already");
            Files.writeString(
                    file, Files.readString(file).replace("\\\"valeu\\\"", "\\\"value\\\""));
            assertThat(run(config, "--import", file.toString()).out)
                    .contains("nothing was written");
            assertThat(run(config, "--import", file.toString(), "--write").out)
                    .contains("30 replayed");
            assertThat(run(config, "--import", file.toString(), "--write").out)
                    .contains("30 replayed before and skipped, 0 selected", "0 replayed");
            ExpectedForecasts.assertEqual(
                    await(reader, "south", HOURS),
                    ExpectedForecasts.of(ExpectedForecasts.ticks(south, HOUR), MODEL));

            assertThat(run(config, "--write", "--again", "--offsets=40:42", "--to=edit-out").out)
                    .contains("2 replayed");
            Run nowhere = run(config, "--write", "--again", "--to=nowhere");
            assertThat(nowhere.code).isEqualTo(2);
            assertThat(nowhere.err)
                    .startsWith("error: the brokers at")
                    .contains("no topic nowhere");
        } finally {
            job.cancel().get();
        }
    }

    private static List<Forecast> await(ForecastTopicReader reader, String series, int count)
            throws Exception {
        List<Forecast> forecasts = new ArrayList<>();
        while (forecasts.size() < count) {
            for (ForecastTopicReader.Issued issued : reader.poll(Duration.ofMillis(200))) {
                if (issued.forecast().series().equals(series)) {
                    forecasts.add(issued.forecast());
                }
            }
        }
        return ExpectedForecasts.sorted(forecasts);
    }

    private static List<Observation> history(String series, int hours) {
        List<Observation> observations = new ArrayList<>();
        for (int hour = 0; hour < hours; hour++) {
            observations.add(
                    new Observation(series, START + hour * HOUR + 1, 10 + Math.sin(hour * 0.3)));
        }
        return observations;
    }

    /** Schemas of observations that differ in what nobody reads. */
    private static Schema schema(int version) throws Exception {
        String text = Files.readString(Path.of("schemas", "observation.avsc"));
        return new Schema.Parser()
                .parse(text.replaceFirst("\\{", "{\"version\":\"%d\",".formatted(version)));
    }

    private static RegistrySettings settings() {
        return RegistrySettings.of(URI.create(registry.url()));
    }

    private static SchemaRegistryClient registry() {
        return new SchemaRegistryClient(settings());
    }

    private static Path config(String name, String format) throws Exception {
        return Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                kafka:
                  bootstrap-servers: %s
                  group-id: %s
                registry.url: %s
                model.path: %s
                source:
                  topics: %s-in
                  format: %s
                sink:
                  topic: %s-out
                  format: %s
                  dead-letter-topic: %s-dead
                  transactional-id-prefix: %s
                  late-topic: ""
                  scores-topic: ""
                  anomalies-topic: ""
                  events-topic: ""
                forecast.from: earliest
                feedback.calibrate: false
                feedback.mixture: false
                tick.readings: 1
                checkpoint.interval: 1 s
                job.parallelism: 1
                """
                        .formatted(
                                broker.bootstrapServers(),
                                name,
                                registry.url(),
                                modelFile,
                                name,
                                format,
                                name,
                                format,
                                name,
                                name));
    }

    private static JobClient start(String name, Path config) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(60))) {
            topics.create(List.of(name + "-in", name + "-out", name + "-dead"), 1, 1);
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        ForecastJob.wire(environment, JobSettings.parse("--config=" + config));
        return environment.executeAsync();
    }

    private static Run run(Path config, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay-dead-letters", "--config=" + config));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = TickformerCommand.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int code = command.execute(all.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }
}
