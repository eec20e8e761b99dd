package io.tickformer.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.testing.CommandRun;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The doctor at a real broker and a real registry, with a good topic and a dirty one. */
@Timeout(300)
final class DoctorIT {
    private static final long MINUTE = 60_000;

    @TempDir private static Path folder;
    private static String brokers;
    private static String registry;
    private static Path model;

    @BeforeAll
    static void writeTopics() throws Exception {
        brokers = SharedServers.broker().bootstrapServers();
        registry = SharedServers.registry().url();
        model =
                Files.write(
                        folder.resolve("model.onnx"),
                        TestModels.transformer(TestModels.STREAMING, 1));
        try (TopicAdmin topics = new TopicAdmin(brokers, Duration.ofMinutes(1))) {
            topics.create(List.of("doctor-good"), 2, 1);
            topics.create(List.of("doctor-dirty"), 1, 1);
        }
        long now = System.currentTimeMillis();
        try (ObservationProducer good =
                new ObservationProducer(
                        brokers,
                        "doctor-good",
                        OutputFormat.avro(RegistrySettings.of(URI.create(registry))))) {
            for (int minute = 500; minute > 0; minute--) {
                good.send(new Observation("a", now - minute * MINUTE, minute), 0);
                good.send(new Observation("b", now - minute * MINUTE, -minute), 1);
            }
            good.flush();
        }
        try (ObservationProducer dirty =
                new ObservationProducer(brokers, "doctor-dirty", OutputFormat.json())) {
            for (int i = 0; i < 60; i++) {
                String json =
                        "{\"meter\":{\"id\":\"m1\"},\"at\":%d,\"kw\":%d}"
                                .formatted((now - (60 - i) * MINUTE) / 1000, i);
                dirty.sendRaw(null, json.getBytes(StandardCharsets.UTF_8));
            }
            dirty.sendRaw(null, "not JSON".getBytes(StandardCharsets.UTF_8));
            dirty.sendRaw(null, "{\"meter\":{\"id\":\"m1\"}}".getBytes(StandardCharsets.UTF_8));
            dirty.flush();
        }
    }

    private static CommandRun run(List<String> arguments) {
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static JsonNode report(CommandRun run) throws Exception {
        assertThat(run.err()).isEmpty();
        return new ObjectMapper().readTree(run.out());
    }

    /** The most serious status of each check. */
    private static Map<String, String> statuses(JsonNode report) {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode finding : report.get("findings")) {
            statuses.merge(
                    finding.get("check").asText(),
                    finding.get("status").asText(),
                    (one, other) -> one.equals("problem") ? one : other);
        }
        return statuses;
    }

    private static String seen(JsonNode report, Subject subject) {
        StringBuilder seen = new StringBuilder();
        for (JsonNode finding : report.get("findings")) {
            if (finding.get("check").asText().equals(subject.id())) {
                seen.append(finding.get("seen").asText())
                        .append(" -> ")
                        .append(finding.get("advice").asText())
                        .append('\n');
            }
        }
        return seen.toString();
    }

    @Test
    void aJobThatCanStartHasNoProblem() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "doctor",
                        "--json",
                        "--kafka.bootstrap-servers=" + brokers,
                        "--registry.url=" + registry,
                        "--source.topics=doctor-good",
                        "--sink.topic=doctor-forecasts",
                        "--model.path=" + model);

        JsonNode report = report(run);
        assertThat(run.code()).as(run.out()).isZero();
        Map<String, String> statuses = statuses(report);
        assertThat(statuses)
                .containsEntry("brokers", "ok")
                .containsEntry("schemas", "ok")
                .containsEntry("input-topics", "ok")
                .containsEntry("output-topics", "ok")
                .containsEntry("transactions", "ok")
                .containsEntry("records", "ok")
                .containsEntry("series", "ok")
                .containsEntry("event-times", "ok")
                .containsEntry("ticks", "ok")
                .containsEntry("late-readings", "ok");
        // The registry of the demo and the tests accepts any schema.
        assertThat(statuses).containsEntry("registry", "warning");
        assertThat(seen(report, Subject.BROKERS)).contains("1 broker", "Kafka 4.", "PLAINTEXT");
        assertThat(seen(report, Subject.REGISTRY)).contains("Apicurio Registry", "NONE");
        assertThat(seen(report, Subject.RECORDS))
                .contains("1,000 of about", "in 2 partitions decode to 1,000 readings");
        assertThat(seen(report, Subject.OUTPUT_TOPICS)).contains("created when the job starts");
        try (TopicAdmin topics = new TopicAdmin(brokers, Duration.ofMinutes(1))) {
            assertThat(topics.names()).doesNotContain("doctor-forecasts");
        }
    }

    @Test
    void aDirtyTopicShowsWhatToSetUntilOnlyTheBadRecordsAreLeft() throws Exception {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "doctor",
                                "--json",
                                "--kafka.bootstrap-servers=" + brokers,
                                "--source.format=json",
                                "--sink.format=json",
                                "--source.topics=doctor-dirty",
                                "--tick.length=1min"));

        CommandRun unset = run(arguments);

        assertThat(unset.code()).isEqualTo(3);
        assertThat(seen(report(unset), Subject.RECORDS))
                .contains("there is no series key", "set source.key-field");

        arguments.addAll(
                List.of(
                        "--source.key-field=meter.id",
                        "--source.time-field=at",
                        "--source.value-fields=kw"));
        CommandRun fields = run(arguments);

        assertThat(fields.code()).isEqualTo(3);
        assertThat(seen(report(fields), Subject.EVENT_TIMES))
                .contains("set source.time-unit to seconds (it is millis)");

        arguments.add("--source.time-unit=seconds");
        CommandRun unit = run(arguments);

        JsonNode report = report(unit);
        assertThat(unit.code()).as(unit.out()).isZero();
        assertThat(statuses(report))
                .containsEntry("records", "warning")
                .containsEntry("event-times", "ok")
                .containsEntry("ticks", "ok");
        assertThat(seen(report, Subject.RECORDS)).contains("1 of 62 records");
    }

    @Test
    void aTopicThatIsMisspelledIsAProblemThatNamesTheRightOne() throws Exception {
        CommandRun run =
                CommandRun.of(
                        "doctor",
                        "--json",
                        "--kafka.bootstrap-servers=" + brokers,
                        "--registry.url=" + registry,
                        "--source.topics=doctor-god");

        assertThat(run.code()).isEqualTo(3);
        JsonNode report = report(run);
        assertThat(seen(report, Subject.INPUT_TOPICS))
                .contains("there is no topic doctor-god", "did you mean doctor-good?");
        assertThat(statuses(report)).containsEntry("records", "skipped");
    }
}
