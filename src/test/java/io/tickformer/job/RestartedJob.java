package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.JavaProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.ForecastCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A job on topics of a real broker that is stopped or killed and started again without a savepoint,
 * and beside it what one undisturbed run would issue, computed offline. Readings come twice an hour
 * on two partitions; their Kafka timestamps are a few seconds after their event times.
 */
final class RestartedJob implements AutoCloseable {
    static final long HOUR = 3_600_000L;
    private static final int DELAY_MILLIS = 5_000;

    private final String bootstrapServers;
    private final String name;
    private final byte[] model;
    private final long startMillis;
    private final Path folder;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ForecastTopicReader reader;
    private final List<Observation> sent = new ArrayList<>();
    private final List<Forecast> issued = new ArrayList<>();
    private List<String> notices = List.of();

    /**
     * Makes the topics of a job.
     *
     * @param startMillis when hour 0 begins
     * @param folder for the model
     */
    RestartedJob(
            String bootstrapServers,
            String name,
            OutputFormat output,
            byte[] model,
            long startMillis,
            Path folder)
            throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.model = model;
        this.startMillis = startMillis;
        this.folder = folder;
        try (TopicAdmin topics = new TopicAdmin(bootstrapServers, Duration.ofSeconds(30))) {
            topics.create(List.of(name), 2, 1);
            topics.create(List.of(name + "-out"), 2, 1);
            topics.create(List.of(name + "-dead"), 1, 1);
        }
        this.producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        this.reader = new ForecastTopicReader(bootstrapServers, name + "-out", output);
    }

    /** Sends the readings of a series in some half hours, the end not included. */
    void send(String series, int fromHalfHour, int toHalfHour) {
        for (int half = fromHalfHour; half < toHalfHour; half++) {
            send(List.of(series), half, half + 1);
        }
    }

    /** Sends the readings of several series in some half hours, by time. */
    void send(List<String> series, int fromHalfHour, int toHalfHour) {
        for (int half = fromHalfHour; half < toHalfHour; half++) {
            for (String each : series) {
                long time = startMillis + half * (HOUR / 2) + 60_000;
                double value = each.hashCode() % 50 + 5 * Math.sin(0.13 * half) + half % 3;
                sent.add(new Observation(each, time, value));
                sendRaw(
                        each,
                        time,
                        "{\"series\":\"%s\",\"event_time\":%d,\"value\":%s}"
                                .formatted(each, time, value));
            }
        }
        producer.flush();
    }

    /** Sends a record as it is. */
    void sendRaw(String series, long time, String json) {
        Future<RecordMetadata> unused =
                producer.send(
                        new ProducerRecord<>(
                                name,
                                Math.floorMod(series.hashCode(), 2),
                                time + DELAY_MILLIS,
                                null,
                                json.getBytes(UTF_8)));
    }

    long at(int hour) {
        return startMillis + hour * HOUR;
    }

    /** Starts the job in this process. */
    JobClient start(String... settings) throws Exception {
        PreparedJob job = ForecastJob.prepareWithNotices(JobSettings.parse(arguments(settings)));
        notices = job.startNotices();
        return job.environment().executeAsync();
    }

    /** Starts the job in a process of its own, which can be killed. */
    JavaProcess startProcess(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("-Xmx512m");
        arguments.add("-XX:TieredStopAtLevel=1");
        arguments.add("--add-opens=java.base/java.util=ALL-UNNAMED");
        arguments.add("-cp");
        arguments.add(System.getProperty("java.class.path"));
        arguments.add(ForecastJob.class.getName());
        arguments.addAll(List.of(arguments(settings)));
        return JavaProcess.start("job", arguments, folder.resolve(name + ".log"));
    }

    /** What was said at the last start in this process. */
    List<String> notices() {
        return notices;
    }

    private String[] arguments(String... settings) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--model.path=" + Files.write(folder.resolve(name + ".onnx"), model));
        arguments.add("--source.topics=" + name);
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.format=json");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.transactional-id-prefix=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=2");
        arguments.add("--flink.restart-strategy.type=none");
        arguments.addAll(List.of(settings));
        return arguments.toArray(String[]::new);
    }

    /** Waits until the forecasts of the ticks from an hour on and before another are committed. */
    void awaitForecasts(int fromHour, int toHour) throws IOException {
        awaitForecasts(fromHour, toHour, () -> true);
    }

    /**
     * As above.
     *
     * @param isRunning whether to go on waiting
     */
    void awaitForecasts(int fromHour, int toHour, BooleanSupplier isRunning) throws IOException {
        Set<String> missing = new HashSet<>();
        expected(fromHour, toHour).forEach(each -> missing.add(identity(each)));
        issued.forEach(each -> missing.remove(identity(each)));
        while (!missing.isEmpty()) {
            assertThat(isRunning.getAsBoolean()).as("running").isTrue();
            for (ForecastTopicReader.Issued each : reader.poll(Duration.ofMillis(200))) {
                issued.add(each.forecast());
                missing.remove(identity(each.forecast()));
            }
        }
    }

    /** Waits until the job's group has committed so many records. */
    void awaitCommitted(long records) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            long committed = 0;
            while (committed < records) {
                // Reads on in the meantime, so that it need not ask all the time.
                reader.poll(Duration.ofMillis(100)).forEach(each -> issued.add(each.forecast()));
                committed =
                        admin
                                .listConsumerGroupOffsets(name)
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .values()
                                .stream()
                                .mapToLong(OffsetAndMetadata::offset)
                                .sum();
            }
        }
    }

    /** Of ticks from one on and before another there is each forecast, once and as it should be. */
    void assertEachOnce(int fromHour, int toHour) throws IOException {
        while (!reader.isAtEnd()) {
            reader.poll(Duration.ofMillis(200)).forEach(each -> issued.add(each.forecast()));
        }
        ForecastCheck.assertSame(
                issued.stream().filter(each -> each.tickIndex() < at(toHour) / HOUR).toList(),
                expected(fromHour, toHour));
    }

    private List<Forecast> expected(int fromHour, int toHour) {
        return ExpectedForecasts.of(ExpectedForecasts.ticks(sent, HOUR), model).stream()
                .filter(each -> each.tickIndex() >= at(fromHour) / HOUR)
                .filter(each -> each.tickIndex() < at(toHour) / HOUR)
                .toList();
    }

    private static String identity(Forecast forecast) {
        return forecast.series() + "@" + forecast.tickIndex();
    }

    @Override
    public void close() {
        reader.close();
        producer.close();
    }
}
