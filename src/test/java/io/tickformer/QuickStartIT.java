package io.tickformer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.topic.CommittedRecordReader;
import io.tickformer.testing.CommandRun;
import io.tickformer.testing.Repository;
import io.tickformer.testing.SharedServers;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the second part of docs/quick-start.md: forecasts of a topic in JSON and in Avro. */
@Timeout(300)
final class QuickStartIT {
    private static final int READINGS = 120;

    /** The time of the newest reading. */
    private final Instant last = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    @TempDir private Path folder;

    private Instant time(int reading) {
        return last.minus(Duration.ofMinutes(15L * (READINGS - reading)));
    }

    /** The settings of the page, with the names that differ in this test. */
    private Path settings(String yaml, String topic) throws Exception {
        return Files.writeString(
                folder.resolve("job.yaml"),
                yaml.replace("localhost:9092", SharedServers.broker().bootstrapServers())
                        .replace("http://localhost:8080/apis/ccompat/v7", registry())
                        .replace("source.topics: readings", "source.topics: " + topic)
                        .replace(
                                "models/universal.onnx",
                                Repository.root().resolve("models/universal.onnx").toString()));
    }

    /** Without the model, which takes a while and is that of the repository. */
    private static CommandRun doctor(Path file) {
        return CommandRun.of("doctor", "--config=" + file, "--model.path=");
    }

    private static String registry() {
        return SharedServers.registry().url();
    }

    private static void create(String topic) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(SharedServers.broker().bootstrapServers(), Duration.ofMinutes(1))) {
            topics.create(List.of(topic), 1, 1);
        }
    }

    @Test
    void aTopicInJsonIsForecast() throws Exception {
        String brokers = SharedServers.broker().bootstrapServers();
        create("quick-json");
        try (ObservationProducer producer =
                new ObservationProducer(brokers, "quick-json", OutputFormat.json())) {
            for (int i = 0; i < READINGS; i++) {
                producer.sendRaw(
                        null,
                        "{\"meter\": {\"id\": \"m1\"}, \"measured_at\": \"%s\", \"power\": %d}"
                                .formatted(time(i), i % 10)
                                .getBytes(StandardCharsets.UTF_8));
            }
            producer.flush();
        }
        Path file = settings(QuickStartTest.settingsFiles().get(0), "quick-json");

        CommandRun doctor = doctor(file);
        assertThat(doctor.code()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("a series has a reading every 15 min");

        CommandRun run =
                CommandRun.of(
                        "run",
                        "--config=" + file,
                        "--source.bounded=true",
                        "--sink.topic=quick-forecasts",
                        "--kafka.group-id=quick",
                        "--job.parallelism=1",
                        "--checkpoint.interval=500 ms",
                        "--checkpoint.directory=" + folder.resolve("checkpoints").toUri());
        assertThat(run.code()).as(run.err()).isZero();

        List<Forecast> forecasts = new ArrayList<>();
        try (CommittedRecordReader reader = new CommittedRecordReader(brokers, "quick-forecasts")) {
            while (!reader.isAtEnd()) {
                reader.poll(Duration.ofMillis(200))
                        .forEach(record -> forecasts.add(decoded(record.value())));
            }
        }
        assertThat(forecasts).hasSize(READINGS);
        assertThat(forecasts.get(READINGS - 1).series()).isEqualTo("m1");
        assertThat(forecasts.get(READINGS - 1).horizon()).isEqualTo(96);
    }

    private static Forecast decoded(byte[] value) {
        try {
            return ForecastJson.decode(value);
        } catch (UndecodableException e) {
            throw new AssertionError(new String(value, StandardCharsets.UTF_8), e);
        }
    }

    @Test
    void aTopicInAvroIsReadByTheSettingsShown() throws Exception {
        Schema schema =
                SchemaBuilder.record("Reading")
                        .fields()
                        .requiredString("meter")
                        .requiredLong("measured_at")
                        .requiredDouble("power")
                        .endRecord();
        int id =
                new SchemaRegistryClient(RegistrySettings.of(URI.create(registry())))
                        .register("quick-avro-value", schema);
        create("quick-avro");
        try (ObservationProducer producer =
                new ObservationProducer(
                        SharedServers.broker().bootstrapServers(),
                        "quick-avro",
                        OutputFormat.json())) {
            for (int i = 0; i < READINGS; i++) {
                GenericRecord reading = new GenericData.Record(schema);
                reading.put("meter", "m1");
                reading.put("measured_at", time(i).toEpochMilli());
                reading.put("power", 1.0 * i);
                producer.sendRaw(null, framed(id, reading));
            }
            producer.flush();
        }
        Path file = settings(QuickStartTest.settingsFiles().get(1), "quick-avro");

        CommandRun doctor = doctor(file);

        assertThat(doctor.code()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("decode to 120 readings");
    }

    /** In the wire format of Confluent. */
    private static byte[] framed(int id, GenericRecord reading) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(bytes);
        frame.writeByte(0);
        frame.writeInt(id);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(reading.getSchema()).write(reading, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
