package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.FeedbackFieldReader;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.JavaProcess;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.SeasonalModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * A job with all of its feedback on topics of a real broker, which forecasts by {@link
 * SeasonalModels} and can be killed and continued from its newest checkpoint.
 */
final class TrustJob implements AutoCloseable {
    private static final OutputFormat JSON = OutputFormat.json();

    private final String bootstrapServers;
    private final String input;
    private final String name;
    private final Path folder;
    private final ForecastTopicReader reader;
    private final List<Forecast> forecasts = new ArrayList<>();

    /**
     * Makes the topics of a job.
     *
     * @param input topic of the observations
     * @param folder for model and checkpoints
     */
    TrustJob(String bootstrapServers, String input, String name, Path folder) throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.input = input;
        this.name = name;
        this.folder = Files.createDirectories(folder.resolve(name));
        Files.write(this.folder.resolve("model.onnx"), SeasonalModels.onnx());
        Files.writeString(this.folder.resolve("model.json"), SpecJson.write(SeasonalModels.spec()));
        createTopics(
                bootstrapServers, 1, name, name + "-scores", name + "-anomalies", name + "-events");
        this.reader = new ForecastTopicReader(bootstrapServers, name, JSON);
    }

    static void createTopics(String bootstrapServers, int partitions, String... names)
            throws IOException {
        try (TopicAdmin topics = new TopicAdmin(bootstrapServers, Duration.ofSeconds(30))) {
            topics.create(List.of(names), partitions, 1);
        }
    }

    static void send(String bootstrapServers, String topic, List<Observation> observations)
            throws IOException {
        try (ObservationProducer producer =
                new ObservationProducer(bootstrapServers, topic, JSON)) {
            for (Observation each : observations) {
                producer.send(each);
            }
            producer.flush();
        }
    }

    /** Starts the job in this process. */
    JobClient start(String... settings) throws Exception {
        return ForecastJob.prepare(JobSettings.parse(arguments(settings))).executeAsync();
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
        return JavaProcess.start("job", arguments, folder.resolve("job.log"));
    }

    private String[] arguments(String... settings) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--model.path=" + folder.resolve("model.onnx"));
        arguments.add("--model.spec=" + folder.resolve("model.json"));
        arguments.add("--source.topics=" + input);
        arguments.add("--source.format=json");
        arguments.add("--source.idleness=0 ms");
        arguments.add("--source.follow-clock=false");
        arguments.add("--source.out-of-orderness=0 s");
        arguments.add("--forecast.from=earliest");
        arguments.add("--sink.topic=" + name);
        arguments.add("--sink.format=json");
        arguments.add("--sink.dead-letter-topic=");
        arguments.add("--sink.late-topic=");
        arguments.add("--sink.scores-topic=" + name + "-scores");
        arguments.add("--sink.anomalies-topic=" + name + "-anomalies");
        arguments.add("--sink.events-topic=" + name + "-events");
        arguments.add("--feedback.scores-interval=1 d");
        arguments.add("--sink.transactional-id-prefix=" + name);
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--checkpoint.directory=" + folder.resolve("checkpoints").toUri());
        arguments.add("--job.parallelism=2");
        arguments.add("--flink.restart-strategy.type=none");
        arguments.addAll(List.of(settings));
        return arguments.toArray(String[]::new);
    }

    /** The newest complete checkpoint. */
    String newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("checkpoints"))) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .map(Path::getParent)
                    .max(Comparator.comparingInt(TrustJob::number))
                    .orElseThrow()
                    .toUri()
                    .toString();
        }
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    /** Waits until so many forecasts are committed. */
    void awaitForecasts(int count, BooleanSupplier isRunning) throws IOException {
        while (forecasts.size() < count) {
            assertThat(isRunning.getAsBoolean()).as("running").isTrue();
            poll();
        }
    }

    private void poll() throws IOException {
        reader.poll(Duration.ofMillis(100)).forEach(each -> forecasts.add(each.forecast()));
    }

    /**
     * Waits until so many forecasts are committed, and stops the job when all else is as well.
     *
     * @return its savepoint
     */
    @CanIgnoreReturnValue
    String awaitForecastsAndStop(JobClient job, int count) throws Exception {
        return awaitForecastsAndStop(job, count, SavepointFormatType.NATIVE);
    }

    /** As above, with a savepoint of a format. */
    String awaitForecastsAndStop(JobClient job, int count, SavepointFormatType format)
            throws Exception {
        awaitForecasts(count, () -> !job.getJobExecutionResult().isDone());
        return job.stopWithSavepoint(false, folder.resolve("savepoints").toUri().toString(), format)
                .get();
    }

    /** All committed forecasts. */
    List<Forecast> forecasts() throws IOException {
        while (!reader.isAtEnd()) {
            poll();
        }
        return forecasts;
    }

    List<FeedbackFieldReader.Found> scores() throws IOException {
        return all("-scores");
    }

    List<FeedbackFieldReader.Found> anomalies() throws IOException {
        return all("-anomalies");
    }

    List<FeedbackFieldReader.Found> events() throws IOException {
        return all("-events");
    }

    private List<FeedbackFieldReader.Found> all(String topic) throws IOException {
        try (FeedbackFieldReader records =
                new FeedbackFieldReader(bootstrapServers, name + topic, JSON)) {
            return records.rest();
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
