package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.DeadLetterRecordSerializer;
import io.tickformer.kafka.decode.Decoded;
import io.tickformer.kafka.decode.DecodedSerializer;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole job between a real broker and a real registry, in a mini cluster. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class ForecastJobIT {
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
    void forecastsIssuedEqualThoseComputedOfflineAndBadRecordsAreDeadLetters() throws Exception {
        createTopics("avro", 2);
        List<Observation> observations = history(List.of("north", "south", "käse"), 0, 40);
        try (ObservationProducer producer = producer("avro", avro())) {
            producer.send(new Observation("future", Instant.now().toEpochMilli() + 5 * HOUR, 1));
            producer.sendRaw("junk".getBytes(UTF_8), "no avro".getBytes(UTF_8));
            for (Observation observation : observations) {
                producer.send(observation);
            }
            producer.send(new Observation("north", START, Double.NaN));
            producer.flush();
        }

        ForecastJob.run(arguments("avro", "--source.bounded", "true", "--job.parallelism", "2"));

        List<Forecast> expected =
                ExpectedForecasts.of(ExpectedForecasts.ticks(observations, HOUR), MODEL);
        try (ForecastTopicReader reader = reader("avro", avro())) {
            List<Forecast> issued = ExpectedForecasts.await(reader, expected.size());
            ExpectedForecasts.assertEqual(issued, expected);
        }
        List<ConsumerRecord<byte[], byte[]>> letters =
                KafkaRecords.await(broker.bootstrapServers(), "avro-dead", 3);
        assertThat(letters)
                .extracting(
                        letter -> KafkaRecords.header(letter, DeadLetterRecordSerializer.REASON))
                .containsExactlyInAnyOrder(
                        DeadLetterReason.TOO_FAR_AHEAD.name(),
                        DeadLetterReason.UNDECODABLE.name(),
                        DeadLetterReason.NOT_FINITE.name());
        for (ConsumerRecord<byte[], byte[]> letter : letters) {
            assertIsTheRecordItNames(letter);
        }
    }

    @Test
    void whatComesLateJoinsItsTickAndTheNextForecastSeesItHoweverFastItIsRead() throws Exception {
        createTopics("swift", 1);
        try (ObservationProducer producer = producer("swift", avro())) {
            send(
                    producer,
                    List.of(
                            new Observation("north", START, 10),
                            new Observation("north", START + HOUR, 11),
                            new Observation("north", START + 2 * HOUR, 12),
                            new Observation("north", START + HOUR + 1, 13),
                            new Observation("north", START + 1, 1000),
                            new Observation("north", START + 5 * HOUR, 14),
                            new Observation("north", START - 2_000 * HOUR, 15)));
        }

        ForecastJob.run(
                arguments(
                        "swift",
                        "--source.bounded=true",
                        "--source.out-of-orderness=0 s",
                        "--sink.late-topic=swift-late"));

        assertThat(KafkaRecords.await(broker.bootstrapServers(), "swift-late", 1)).hasSize(1);
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick("north", index(0), 10));
        ticks.add(new Tick("north", index(1), 11));
        ticks.add(new Tick("north", index(1), 12));
        ticks.add(new Tick("north", index(0), 505));
        ticks.add(new Tick("north", index(2), 12));
        ticks.add(new Tick("north", index(5), 14));
        List<Forecast> expected = ExpectedForecasts.of(ticks, MODEL);
        try (ForecastTopicReader reader = reader("swift", avro())) {
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.await(reader, expected.size()), expected);
        }
    }

    @Test
    void aModelMadeElsewhereForecastsGivenItsSpecFile() throws Exception {
        createTopics("foreign", 1);
        Path model = Files.write(folder.resolve("theirs.onnx"), ForeignModels.modelOfThePage());
        Path spec = Files.writeString(folder.resolve("theirs.json"), ForeignModels.jsonOfThePage());
        List<Observation> observations = history(List.of("north", "south"), 0, 120);
        try (ObservationProducer producer = producer("foreign", avro())) {
            send(producer, observations);
        }

        ForecastJob.run(
                arguments(
                        "foreign",
                        "--source.bounded=true",
                        "--model.path=" + model,
                        "--feedback.calibrate=false",
                        "--feedback.mixture=false",
                        "--model.spec=" + spec));

        List<Tick> ticks = ExpectedForecasts.ticks(observations, HOUR);
        try (ForecastModel opened =
                        ForecastModel.open(
                                Files.readAllBytes(model),
                                ForeignModels.specOfThePage(),
                                ExecutionProvider.CPU);
                ForecastTopicReader reader = reader("foreign", avro())) {
            List<Forecast> expected = ExpectedForecasts.of(ticks, opened);
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.await(reader, expected.size()), expected);
            assertThat(expected)
                    .extracting(Forecast::quality)
                    .contains(ForecastQuality.WARMING_UP, ForecastQuality.OK);
        }
    }

    /** The dead letter's key and value are those of the record at the coordinates it names. */
    private static void assertIsTheRecordItNames(ConsumerRecord<byte[], byte[]> letter) {
        String topic = KafkaRecords.header(letter, DeadLetterRecordSerializer.TOPIC);
        int partition =
                Integer.parseInt(KafkaRecords.header(letter, DeadLetterRecordSerializer.PARTITION));
        long offset =
                Long.parseLong(KafkaRecords.header(letter, DeadLetterRecordSerializer.OFFSET));
        ConsumerRecord<byte[], byte[]> original =
                KafkaRecords.await(
                                broker.bootstrapServers(),
                                topic,
                                partition,
                                Math.toIntExact(offset) + 1)
                        .get(Math.toIntExact(offset));
        assertThat(letter.key()).isEqualTo(original.key());
        assertThat(letter.value()).isEqualTo(original.value());
        assertThat(KafkaRecords.header(letter, DeadLetterRecordSerializer.TIMESTAMP))
                .isEqualTo(Long.toString(original.timestamp()));
    }

    @Test
    void aFailureAfterForecastsWereWrittenButNotCommittedLosesAndRepeatsNothing() throws Exception {
        createTopics("once", 1);
        List<String> names = List.of("a", "b");
        List<Observation> all = history(names, 0, 40);
        JobSettings settings =
                JobSettings.parse(
                        arguments(
                                "once",
                                "--checkpoint.interval",
                                "5 s",
                                "--flink.restart-strategy.type",
                                "fixed-delay",
                                "--flink.restart-strategy.fixed-delay.delay",
                                "10 ms"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        ForecastJob.configuration(settings));
        KafkaEndpoints kafka = new KafkaEndpoints(settings, Clock.systemUTC());
        FailOnce.failed.set(false);
        JobDataflow flow = ForecastJob.flow(settings);
        flow.from(
                        environment
                                .fromSource(
                                        kafka.source(),
                                        kafka.watermarks(),
                                        "records",
                                        DecodedSerializer.TYPE)
                                .map(new FailOnce())
                                .returns(DecodedSerializer.TYPE))
                .forecasts()
                .sinkTo(kafka.sink(JobOutput.FORECASTS));

        List<Forecast> expected =
                withoutLastTick(ExpectedForecasts.of(ExpectedForecasts.ticks(all, HOUR), MODEL));
        JobClient job = environment.executeAsync();
        try (ObservationProducer producer = producer("once", avro());
                ForecastTopicReader reader = reader("once", avro())) {
            send(producer, history(names, 0, 20));
            int committed = countUpTo(18, expected);
            assertThat(ExpectedForecasts.await(reader, committed)).hasSize(committed);
            // Forecasts are written and most likely not yet committed when the job fails.
            send(producer, history(names, 20, 31));
            KafkaRecords.awaitUncommitted(
                    broker.bootstrapServers(), "once-out", countUpTo(29, expected));
            assertThat(FailOnce.failed).isFalse();
            send(producer, history(names, 31, 40));
            int rest = expected.size() - committed;
            assertThat(ExpectedForecasts.await(reader, rest)).hasSize(rest);
            assertThat(FailOnce.failed).isTrue();
        } finally {
            job.cancel().get();
        }
        try (ForecastTopicReader reader = reader("once", avro())) {
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.await(reader, expected.size()), expected);
        }
    }

    /** Forecasts issued at ticks of this hour and before. */
    private static int countUpTo(int hour, List<Forecast> forecasts) {
        return (int)
                forecasts.stream().filter(forecast -> forecast.tickIndex() <= index(hour)).count();
    }

    /** Fails the job when it first sees an observation of hour 33 or later. */
    private static final class FailOnce implements MapFunction<Decoded, Decoded> {
        private static final long serialVersionUID = 1L;
        private static final AtomicBoolean failed = new AtomicBoolean();

        @Override
        public Decoded map(Decoded decoded) {
            if (decoded instanceof Decoded.Observed observed
                    && observed.observation().eventTimeMillis() >= START + 33 * HOUR
                    && failed.compareAndSet(false, true)) {
                throw new IllegalStateException("fails once, on purpose");
            }
            return decoded;
        }
    }

    @Test
    void lateObservationsJoinTheirTickOrGoToTheLateTopicAndNoFutureRecordMakesOthersLate()
            throws Exception {
        createTopics("json", 1);
        JobSettings settings =
                JobSettings.parse(
                        arguments(
                                "json",
                                "--source.format=json",
                                "--sink.format=json",
                                "--source.key-field=meter.id",
                                "--source.time-field=at",
                                "--source.value-fields=reading.kw,reading.volt",
                                "--sink.delivery=at-least-once",
                                "--sink.late-topic=json-late",
                                "--source.out-of-orderness=0 s"));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        ForecastJob.wire(environment, settings);
        List<Tick> ticks = new ArrayList<>();
        JobClient job = environment.executeAsync();
        try (ObservationProducer producer = producer("json", OutputFormat.json());
                ForecastTopicReader reader = reader("json", OutputFormat.json())) {
            sendJson(producer, "2199-01-01T00:00:00Z", "1", "2");
            for (int hour = 0; hour < 5; hour++) {
                sendJson(producer, at(hour), "" + hour, hour == 2 ? "null" : "230");
            }
            producer.flush();
            for (int hour = 0; hour < 4; hour++) {
                ticks.add(new Tick("m/reading.kw", index(hour), hour));
                if (hour != 2) {
                    ticks.add(new Tick("m/reading.volt", index(hour), 230));
                }
            }
            int count = 7;
            List<Forecast> issued = new ArrayList<>(ExpectedForecasts.await(reader, count));
            // The watermark stands at four o'clock: three is revised, and no context is so old.
            sendJson(producer, at(3), "5", "null");
            sendJson(producer, at(-2_000), "100", "null");
            sendJson(producer, at(5), "5", "\"231\"");
            sendJson(producer, at(6), "6", "232");
            producer.flush();
            ticks.add(new Tick("m/reading.kw", index(3), 4));
            ticks.add(new Tick("m/reading.kw", index(4), 4));
            ticks.add(new Tick("m/reading.kw", index(5), 5));
            ticks.add(new Tick("m/reading.volt", index(4), 230));
            ticks.add(new Tick("m/reading.volt", index(5), 231));
            issued.addAll(ExpectedForecasts.await(reader, 4));
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.sorted(issued), ExpectedForecasts.of(ticks, MODEL));
            List<ConsumerRecord<byte[], byte[]>> late =
                    KafkaRecords.await(broker.bootstrapServers(), "json-late", 1);
            assertThat(new String(late.get(0).value(), UTF_8))
                    .isEqualTo(
                            "{\"series\":\"m/reading.kw\",\"event_time\":%d,\"value\":100.0}"
                                    .formatted(START - 2_000 * HOUR));
            assertThat(
                            KafkaRecords.header(
                                    KafkaRecords.await(broker.bootstrapServers(), "json-dead", 1)
                                            .get(0),
                                    DeadLetterRecordSerializer.REASON))
                    .isEqualTo("TOO_FAR_AHEAD");
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aJobThatGoesOnFromASavepointForecastsAsIfItHadNotStopped(@TempDir Path savepoints)
            throws Exception {
        createTopics("saved", 1);
        List<String> names = List.of("a", "b", "c");
        List<Tick> ticks = ExpectedForecasts.ticks(history(names, 0, 40), HOUR);
        List<Tick> arrived = new ArrayList<>();
        double atSeventeen = Double.NaN;
        for (Tick tick : ticks) {
            if (tick.series().equals("a") && tick.index() == index(17)) {
                atSeventeen = tick.value();
            }
            if (tick.series().equals("a") && tick.index() == index(19)) {
                arrived.add(new Tick("a", index(17), (2 * atSeventeen + 1000) / 3));
            }
            arrived.add(tick);
        }
        assertThat(atSeventeen).isFinite();
        List<Forecast> expected = withoutLastTick(ExpectedForecasts.of(arrived, MODEL));
        int before = countUpTo(18, expected);
        try (ObservationProducer producer = producer("saved", avro());
                ForecastTopicReader reader = reader("saved", avro())) {
            JobClient first = start("saved", "--checkpoint.state-backend=rocksdb");
            send(producer, history(names, 0, 20));
            List<Forecast> issued = new ArrayList<>(ExpectedForecasts.await(reader, before));
            String savepoint =
                    first.stopWithSavepoint(
                                    false,
                                    savepoints.toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get();
            // Late, and read first of all: it joins the tick that the savepoint holds.
            producer.send(new Observation("a", START + 17 * HOUR, 1000));
            send(producer, history(names, 20, 40));
            JobClient second =
                    start(
                            "saved",
                            "--checkpoint.state-backend=heap",
                            "--job.parallelism=2",
                            "--flink.execution.state-recovery.path=" + savepoint);
            try {
                issued.addAll(ExpectedForecasts.await(reader, expected.size() - before));
                ExpectedForecasts.assertEqual(ExpectedForecasts.sorted(issued), expected);
            } finally {
                second.cancel().get();
            }
        }
    }

    private static JobClient start(String name, String... more) throws Exception {
        return ForecastJob.prepare(JobSettings.parse(arguments(name, more))).executeAsync();
    }

    @Test
    void moreSubtasksThanPartitionsHoldNoForecastBack() throws Exception {
        createTopics("narrow", 1);
        List<Observation> observations = history(List.of("a", "b"), 0, 10);
        List<Forecast> expected =
                withoutLastTick(
                        ExpectedForecasts.of(ExpectedForecasts.ticks(observations, HOUR), MODEL));
        // A subtask without a partition would be waited for without end.
        JobClient job = start("narrow", "--job.parallelism=3", "--source.idleness=0 s");
        try (ObservationProducer producer = producer("narrow", avro());
                ForecastTopicReader reader = reader("narrow", avro())) {
            send(producer, observations);
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.await(reader, expected.size()), expected);
        } finally {
            job.cancel().get();
        }
    }

    @Test
    void aTopicThatIsNotThereIsOneClearLine() throws Exception {
        createTopics("known", 1);
        assertThatThrownBy(() -> ForecastJob.run(arguments("known", "--source.topics", "knwon-in")))
                .isInstanceOf(OptionException.class)
                .hasMessage(
                        "source.topics has knwon-in, but the brokers at %s have no such topic;"
                                + " did you mean known-in?",
                        broker.bootstrapServers());
    }

    private static String at(int hour) {
        return Instant.ofEpochMilli(START + hour * HOUR).toString();
    }

    private static long index(int hour) {
        return START / HOUR + hour;
    }

    private static void sendJson(ObservationProducer producer, String time, String kw, String volt)
            throws Exception {
        String json =
                "{\"meter\":{\"id\":\"m\"},\"at\":\"%s\",\"reading\":{\"kw\":%s,\"volt\":%s}}"
                        .formatted(time, kw, volt);
        producer.sendRaw("m".getBytes(UTF_8), json.getBytes(UTF_8));
    }

    private static void send(ObservationProducer producer, List<Observation> observations)
            throws Exception {
        for (Observation observation : observations) {
            producer.send(observation);
        }
        producer.flush();
    }

    /** Two observations an hour of each series, with a gap; a wave that differs by series. */
    private static List<Observation> history(List<String> names, int from, int to) {
        List<Observation> observations = new ArrayList<>();
        for (int hour = from; hour < to; hour++) {
            for (int s = 0; s < names.size(); s++) {
                if (hour % 11 == 3 + s) {
                    continue;
                }
                long time = START + hour * HOUR;
                double value = 10 * (s + 1) + Math.sin(hour * 0.3 + s);
                observations.add(new Observation(names.get(s), time + 60_000, value));
                observations.add(new Observation(names.get(s), time + 1_800_000, value + 0.5));
            }
        }
        return observations;
    }

    /** The last tick of an unending stream stays open. */
    private static List<Forecast> withoutLastTick(List<Forecast> forecasts) {
        long last = forecasts.stream().mapToLong(Forecast::tickIndex).max().orElseThrow();
        return forecasts.stream().filter(forecast -> forecast.tickIndex() < last).toList();
    }

    private static void createTopics(String name, int partitions) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of(name + "-in"), partitions, 1);
            topics.create(List.of(name + "-out", name + "-dead", name + "-late"), 1, 1);
        }
    }

    private static OutputFormat avro() {
        return OutputFormat.avro(RegistrySettings.of(URI.create(registry.url())));
    }

    private static ObservationProducer producer(String name, OutputFormat format) throws Exception {
        return new ObservationProducer(broker.bootstrapServers(), name + "-in", format);
    }

    private static ForecastTopicReader reader(String name, OutputFormat format) {
        return new ForecastTopicReader(broker.bootstrapServers(), name + "-out", format);
    }

    private static String[] arguments(String name, String... more) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--registry.url=" + registry.url());
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + name + "-in");
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.transactional-id-prefix=" + name);
        // Forecasts are compared with those of the stream alone.
        arguments.add("--source.follow-clock=false");
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.addAll(List.of("--job.parallelism=1", "--forecast.from=earliest"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
