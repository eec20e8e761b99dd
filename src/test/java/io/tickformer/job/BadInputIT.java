package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.BadRecord;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.ForecastCheck;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bad records of every kind among good ones, through a real broker and registry and the job. */
@Timeout(value = 480, unit = TimeUnit.SECONDS)
final class BadInputIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final byte[] MODEL = TestModels.streaming();

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static RegistryProcess registry;
    private static Path modelFile;

    @BeforeAll
    static void startServers() throws Exception {
        broker = SharedServers.broker();
        registry = SharedServers.registry();
        modelFile = Files.write(folder.resolve("model.onnx"), MODEL);
    }

    @Test
    void everyGoodAvroRecordCountsAndEveryBadOneIsADeadLetterAsItWas() throws Exception {
        createTopic("bad-avro-in", Map.of());
        RegistrySettings settings = RegistrySettings.of(URI.create(registry.url()));
        OutputFormat format = OutputFormat.avro(settings);
        List<Observation> good = history();
        List<BadRecord> bad;
        try (ObservationProducer producer =
                new ObservationProducer(broker.bootstrapServers(), "bad-avro-in", format)) {
            bad =
                    BadRecord.avro(
                            new SchemaRegistryClient(settings)
                                    .register("bad-avro-in-value", schemaOfObservations()));
            sendMixed(producer, good, bad);
            // As large as the broker takes: with what is said of it, it is larger.
            producer.sendRaw(null, largest());
            producer.flush();
        }

        ForecastJob.run(arguments("bad-avro"));

        try (ForecastTopicReader reader =
                new ForecastTopicReader(broker.bootstrapServers(), "bad-avro-out", format)) {
            assertIssued(reader, good);
        }
        List<BadRecord> all = new ArrayList<>(bad);
        all.add(new BadRecord("largest", DeadLetterReason.UNDECODABLE, largest()));
        List<ConsumerRecord<byte[], byte[]>> letters = assertLetters("bad-avro-dead", all);
        assertThat(letters)
                .allMatch(letter -> header(letter, DeadLetterRecordSerializer.CUT).isEmpty());
        assertThat(letters)
                .allMatch(
                        letter ->
                                header(letter, DeadLetterRecordSerializer.TIMESTAMP_TYPE)
                                        .equals(Optional.of("CreateTime")));
        ConsumerRecord<byte[], byte[]> first = letters.get(0);
        long offset =
                Long.parseLong(header(first, DeadLetterRecordSerializer.OFFSET).orElseThrow());
        ConsumerRecord<byte[], byte[]> original =
                KafkaRecords.await(
                                broker.bootstrapServers(),
                                "bad-avro-in",
                                Math.toIntExact(offset) + 1)
                        .get(Math.toIntExact(offset));
        assertThat(first.key()).isEqualTo(original.key());
        assertThat(first.value()).isEqualTo(original.value());
        assertThat(header(first, DeadLetterRecordSerializer.TIMESTAMP))
                .contains(Long.toString(original.timestamp()));
    }

    /** The topic of dead letters was made by someone with a mind for small records. */
    @Test
    void deadLettersTooLargeForTheirTopicAreCutAndTheJobGoesOn() throws Exception {
        createTopic("bad-json-in", Map.of());
        createTopic("bad-json-dead", Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "20000"));
        List<Observation> good = history();
        List<BadRecord> bad = BadRecord.json();
        try (ObservationProducer producer =
                new ObservationProducer(
                        broker.bootstrapServers(), "bad-json-in", OutputFormat.json())) {
            sendMixed(producer, good, bad);
            producer.sendRaw(new byte[1_000_000], "no JSON either".getBytes(UTF_8));
            producer.flush();
        }

        ForecastJob.run(arguments("bad-json", "--source.format=json", "--sink.format=json"));

        try (ForecastTopicReader reader =
                new ForecastTopicReader(
                        broker.bootstrapServers(), "bad-json-out", OutputFormat.json())) {
            assertIssued(reader, good);
        }
        List<ConsumerRecord<byte[], byte[]>> letters =
                KafkaRecords.await(broker.bootstrapServers(), "bad-json-dead", bad.size() + 1);
        assertThat(letters).hasSize(bad.size() + 1);
        assertThat(
                        letters.stream()
                                .map(letter -> header(letter, DeadLetterRecordSerializer.CUT))
                                .flatMap(Optional::stream))
                .containsExactly(
                        "the key had 7 bytes, the value 100000, and there were 0 headers",
                        "the key had 7 bytes, the value 1000041, and there were 0 headers",
                        "the key had 1000000 bytes, the value 14, and there were 0 headers");
    }

    @Test
    void aTopicTooSmallForAForecastIsRefusedBeforeTheJobStarts() throws Exception {
        createTopic("bad-small-in", Map.of());
        createTopic("bad-narrow-out", Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1000"));
        assertThatThrownBy(
                        () ->
                                ForecastJob.run(
                                        arguments("bad-small", "--sink.topic=bad-narrow-out")))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining(
                        "sink.topic is bad-narrow-out, for records of at most 1000 bytes")
                .hasMessageContaining("max.message.bytes");
    }

    private static byte[] largest() {
        byte[] value = new byte[1_048_400];
        value[0] = 1;
        return value;
    }

    private static Schema schemaOfObservations() throws Exception {
        return new Schema.Parser().parse(Files.readString(Path.of("schemas", "observation.avsc")));
    }

    /** A bad record behind every few good ones, and the good ones in their order. */
    private static void sendMixed(
            ObservationProducer producer, List<Observation> good, List<BadRecord> bad)
            throws Exception {
        int next = 0;
        for (int i = 0; i < good.size(); i++) {
            producer.send(good.get(i));
            if (i % 3 == 0 && next < bad.size()) {
                producer.sendRaw("the key".getBytes(UTF_8), bad.get(next++).value());
            }
        }
        assertThat(next).as("bad records sent").isEqualTo(bad.size());
    }

    private static void assertIssued(ForecastTopicReader reader, List<Observation> good)
            throws Exception {
        List<Forecast> expected = ExpectedForecasts.of(ExpectedForecasts.ticks(good, HOUR), MODEL);
        List<Forecast> issued = ExpectedForecasts.await(reader, expected.size());
        // To the scale of a forecast: a quantile of one that leaps by 1e30 may be near zero.
        ForecastCheck.assertSame(issued, expected);
        for (Forecast forecast : issued) {
            for (double quantile : forecast.quantiles()) {
                assertThat(quantile).as(forecast.series()).isFinite();
            }
        }
    }

    /** One dead letter for each, in their order, of its reason and with its bytes. */
    private static List<ConsumerRecord<byte[], byte[]>> assertLetters(
            String topic, List<BadRecord> bad) {
        List<ConsumerRecord<byte[], byte[]>> letters =
                KafkaRecords.await(broker.bootstrapServers(), topic, bad.size());
        assertThat(letters)
                .extracting(
                        letter -> header(letter, DeadLetterRecordSerializer.REASON).orElseThrow())
                .isEqualTo(bad.stream().map(record -> record.reason().name()).toList());
        for (int i = 0; i < bad.size(); i++) {
            assertThat(letters.get(i).value()).as(bad.get(i).name()).isEqualTo(bad.get(i).value());
        }
        return letters;
    }

    private static Optional<String> header(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) == null
                ? Optional.empty()
                : Optional.of(KafkaRecords.header(record, name));
    }

    /** Series that are hard on a model: constant, leaping, and near what a double can be. */
    private static List<Observation> history() {
        List<Observation> observations = new ArrayList<>();
        for (int hour = 0; hour < 40; hour++) {
            long time = START + hour * HOUR;
            observations.add(new Observation("constant", time + 1, 5));
            observations.add(new Observation("leaping", time + 1, hour < 20 ? hour : 1e9 + hour));
            observations.add(new Observation("tiny", time + 1, Double.MIN_VALUE * hour));
            observations.add(new Observation("vast", time + 1, hour % 2 == 0 ? 1e30 : -1e30));
            observations.add(new Observation("twice", time + 2, hour));
            observations.add(new Observation("twice", time + 2, hour));
            observations.add(new Observation("twice", time + 1, hour + 3));
        }
        return observations;
    }

    private static void createTopic(String name, Map<String, String> settings) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(name, Optional.of(1), Optional.empty())
                                            .configs(settings)))
                    .all()
                    .get();
        }
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(60))) {
            // The times of these records are long ago.
            topics.create(List.of(name.replaceAll("-.*", "-out")), 1, 1);
        }
    }

    private static String[] arguments(String name, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--registry.url=" + registry.url());
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + name + "-in");
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.bounded=true");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--forecast.from=earliest");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.transactional-id-prefix=" + name);
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=1");
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
