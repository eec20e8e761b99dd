package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.inference.ModelTickRewriter;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, its time out of joint: partitions that fall silent, clocks ahead, the past. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class EventTimeIT {
    private static final long SECOND = 1_000L;
    private static final long HOUR = 3_600 * SECOND;
    private static final byte[] MODEL = TestModels.streaming();

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static Path modelFile;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedServers.broker();
        modelFile = Files.write(folder.resolve("model.onnx"), MODEL);
    }

    @Test
    void aPartitionThatFallsSilentIsNotWaitedForLongerThanItsIdleness() throws Exception {
        createTopics("idle", 2);
        long now = System.currentTimeMillis();
        List<Observation> lively = wave("lively", now - 60 * HOUR, 50);
        JobClient job = start("idle", "--source.idleness=1 s", "--forecast.from=earliest");
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ForecastTopicReader reader = reader("idle")) {
            send(producer, "idle", 1, wave("silent", now - 60 * HOUR, 3), now);
            send(producer, "idle", 0, lively, now);

            List<Observation> all = new ArrayList<>(wave("silent", now - 60 * HOUR, 3));
            all.addAll(lively);
            assertForecasts(reader, withoutTheLastTick(expected(all)));
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aProducerADayAheadGoesToTheDeadLettersAndMakesNobodyLate() throws Exception {
        createTopics("ahead", 1);
        long now = System.currentTimeMillis();
        long day = Duration.ofDays(1).toMillis();
        List<Observation> punctual = wave("punctual", now - 30 * HOUR, 30);
        JobClient job = start("ahead", "--sink.late-topic=ahead-late", "--forecast.from=earliest");
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ForecastTopicReader reader = reader("ahead")) {
            for (Observation each : punctual) {
                // The whole clock of the other producer is ahead, its Kafka timestamps included.
                Observation early = new Observation("early", each.eventTimeMillis() + 2 * day, 1);
                send(producer, "ahead", 0, List.of(early), now + 2 * day);
                send(producer, "ahead", 0, List.of(each), now);
            }

            assertForecasts(reader, withoutTheLastTick(expected(punctual)));
            List<ConsumerRecord<byte[], byte[]>> letters =
                    KafkaRecords.await(broker.bootstrapServers(), "ahead-dead", punctual.size());
            assertThat(letters)
                    .extracting(
                            letter ->
                                    KafkaRecords.header(letter, DeadLetterRecordSerializer.REASON))
                    .containsOnly(DeadLetterReason.TOO_FAR_AHEAD.name());
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aPastFillsTheContextsAndThePresentIsForecastByTheClockThoughNobodySpeaksAgain()
            throws Exception {
        createTopics("live", 2);
        byte[] model = ModelTickRewriter.change(MODEL, 2 * SECOND);
        long now = System.currentTimeMillis();
        int ticks = 9000;
        List<Observation> past = wave("north", now - 2L * ticks * SECOND, ticks, 2 * SECOND);
        // Their ticks end after the job has begun, and no later observation ends the last one.
        List<Observation> live = wave("north", now + 20 * SECOND, 4, 2 * SECOND);
        List<Observation> all = new ArrayList<>(past);
        all.addAll(live);
        JobClient job;
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ForecastTopicReader reader = reader("live")) {
            send(producer, "live", 0, past, now);
            job = start("live", "--model.tick=2 s", "--source.idleness=1 h");
            try {
                send(producer, "live", 0, live, now);

                long first = live.get(0).eventTimeMillis() / (2 * SECOND);
                List<Forecast> expected =
                        ExpectedForecasts.of(ExpectedForecasts.ticks(all, 2 * SECOND), model)
                                .stream()
                                .filter(each -> each.tickIndex() >= first)
                                .toList();
                assertThat(expected).hasSize(live.size());
                assertForecasts(reader, expected);
            } finally {
                job.cancel().get();
            }
        }
    }

    @Test
    void anEmptyPartitionHoldsNobodyBackAndANewOneIsReadFromItsBeginning() throws Exception {
        createTopics("grown", 2);
        long now = System.currentTimeMillis() / HOUR * HOUR - HOUR / 2;
        List<Observation> old = wave("old", now - 60 * HOUR, 20);
        List<Observation> added = wave("added", now - 41 * HOUR, 20);
        List<Observation> all = wave("old", now - 60 * HOUR, 45);
        all.addAll(wave("added", now - 41 * HOUR, 26));
        JobClient job =
                start(
                        "grown",
                        "--source.idleness=1 h",
                        "--source.discovery-interval=1 s",
                        "--forecast.from=earliest");
        try (KafkaProducer<byte[], byte[]> producer = producer();
                ForecastTopicReader reader = reader("grown")) {
            send(producer, "grown", 0, old, now);
            List<Forecast> first = withoutTheLastTick(expected(old));
            assertForecasts(reader, first);

            addPartition("grown", 3);
            send(producer, "grown", 2, added, now);
            sendRaw(producer, "grown", 2, "junk");
            assertThat(KafkaRecords.await(broker.bootstrapServers(), "grown-dead", 1)).hasSize(1);
            send(producer, "grown", 0, all.subList(20, 45), now);
            send(producer, "grown", 2, all.subList(45 + 20, all.size()), now);

            List<Forecast> rest = new ArrayList<>(withoutTheLastTick(expected(all)));
            rest.removeIf(
                    each ->
                            first.stream()
                                    .anyMatch(
                                            before ->
                                                    before.series().equals(each.series())
                                                            && before.tickIndex()
                                                                    == each.tickIndex()));
            assertForecasts(reader, rest);
        } finally {
            job.cancel().get();
        }
    }

    /** One observation an hour. */
    private static List<Observation> wave(String series, long startMillis, int hours) {
        return wave(series, startMillis, hours, HOUR);
    }

    private static List<Observation> wave(
            String series, long startMillis, int ticks, long tickMillis) {
        List<Observation> observations = new ArrayList<>();
        for (int tick = 0; tick < ticks; tick++) {
            observations.add(
                    new Observation(
                            series,
                            startMillis + tick * tickMillis,
                            20 + 5 * Math.sin(0.26 * tick)));
        }
        return observations;
    }

    private static List<Forecast> expected(List<Observation> observations) {
        return ExpectedForecasts.of(ExpectedForecasts.ticks(observations, HOUR), MODEL);
    }

    /** The last tick of an unending stream stays open. */
    private static List<Forecast> withoutTheLastTick(List<Forecast> forecasts) {
        long last = forecasts.stream().mapToLong(Forecast::tickIndex).max().orElseThrow();
        return forecasts.stream().filter(each -> each.tickIndex() < last).toList();
    }

    private static List<Forecast> assertForecasts(
            ForecastTopicReader reader, List<Forecast> expected) throws Exception {
        List<Forecast> issued =
                ExpectedForecasts.sorted(ExpectedForecasts.await(reader, expected.size()));
        ExpectedForecasts.assertEqual(issued, ExpectedForecasts.sorted(expected));
        return issued;
    }

    private static void createTopics(String name, int partitions) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of(name), partitions, 1);
            topics.create(List.of(name + "-out", name + "-dead", name + "-late"), 1, 1);
        }
    }

    private static void addPartition(String name, int partitions) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers()))) {
            admin.createPartitions(Map.of(name, NewPartitions.increaseTo(partitions))).all().get();
        }
    }

    private static void sendRaw(
            KafkaProducer<byte[], byte[]> producer, String topic, int partition, String value)
            throws Exception {
        producer.send(
                        new ProducerRecord<>(
                                topic, partition, null, value.getBytes(StandardCharsets.UTF_8)))
                .get();
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer,
            String topic,
            int partition,
            List<Observation> observations,
            long kafkaTime)
            throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Observation each : observations) {
            String json =
                    "{\"series\":\"%s\",\"event_time\":%d,\"value\":%s}"
                            .formatted(each.series(), each.eventTimeMillis(), each.value());
            sent.add(
                    producer.send(
                            new ProducerRecord<>(
                                    topic,
                                    partition,
                                    kafkaTime,
                                    null,
                                    json.getBytes(StandardCharsets.UTF_8))));
        }
        producer.flush();
        for (Future<RecordMetadata> each : sent) {
            assertThat(each.get().hasOffset()).isTrue();
        }
    }

    private static ForecastTopicReader reader(String name) {
        return new ForecastTopicReader(
                broker.bootstrapServers(), name + "-out", OutputFormat.json());
    }

    private static JobClient start(String name, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + name);
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.format=json");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.format=json");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.transactional-id-prefix=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=1");
        arguments.addAll(List.of(more));
        return ForecastJob.prepare(JobSettings.parse(arguments.toArray(String[]::new)))
                .executeAsync();
    }
}
