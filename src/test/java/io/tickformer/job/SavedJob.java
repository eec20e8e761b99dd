package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.testing.ChangingModel;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.ForecastCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;

/**
 * A job on JSON topics of a real broker that is stopped with savepoints and goes on from them, and
 * beside it what it must issue, computed offline. Records come twice an hour, with gaps and some
 * values missing. At every stop an hour is open, and the first record after it is late and revises
 * the hour before that.
 */
final class SavedJob implements AutoCloseable {
    static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e");

    private final String bootstrapServers;
    private final String name;
    private final List<String> fields;
    private final Path folder;
    private final ObservationProducer producer;
    private final ForecastTopicReader reader;

    private final Map<String, Map<Integer, TickAccumulator>> gathered = new LinkedHashMap<>();
    private final List<Forecast> issued = new ArrayList<>();
    private final List<Forecast> expected = new ArrayList<>();
    private ChangingModel offline;
    private byte[] model;
    private String savepoint;

    /**
     * Makes the topics of a job.
     *
     * @param fields of the records with values; several for a model that mixes channels
     * @param folder for models and savepoints
     */
    SavedJob(String bootstrapServers, String name, List<String> fields, int partitions, Path folder)
            throws IOException {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.fields = fields;
        this.folder = folder;
        try (TopicAdmin topics = new TopicAdmin(bootstrapServers, Duration.ofSeconds(30))) {
            topics.create(List.of(name + "-in"), partitions, 1);
            topics.create(List.of(name + "-out", name + "-dead", name + "-late"), 1, 1);
        }
        this.producer =
                new ObservationProducer(bootstrapServers, name + "-in", OutputFormat.json());
        this.reader = new ForecastTopicReader(bootstrapServers, name + "-out", OutputFormat.json());
    }

    /**
     * Runs the job, from its last savepoint if there is one, until it has issued what the records
     * of some hours call for, and stops it with a savepoint.
     *
     * @return the savepoint
     */
    String run(byte[] onnx, int from, int to, SavepointFormatType format, String... settings)
            throws Exception {
        send(onnx, from, to);
        JobClient job = start(settings, "--flink.restart-strategy.type=none");
        CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
        while (issued.size() < expected.size()) {
            if (end.isDone()) {
                throw new IllegalStateException("the job has ended: " + end.get());
            }
            poll();
        }
        savepoint =
                job.stopWithSavepoint(
                                false, folder.resolve("savepoints").toUri().toString(), format)
                        .get();
        return savepoint;
    }

    /** As if the job had issued what the records of some hours call for and left a savepoint. */
    void goOnFrom(String path, byte[] onnx, int to) throws Exception {
        send(onnx, 0, to);
        expected.clear();
        savepoint = path;
    }

    /** All that is committed, once the job has stopped, is what it had to issue, once each. */
    void assertEveryForecastOnce() throws IOException {
        while (!reader.isAtEnd()) {
            poll();
        }
        assertThat(expected).isNotEmpty();
        ForecastCheck.assertSame(issued, expected);
    }

    List<Forecast> issued() {
        return issued;
    }

    private void poll() throws IOException {
        reader.poll(Duration.ofMillis(200)).forEach(each -> issued.add(each.forecast()));
    }

    /** Starts the job from a savepoint, whatever model and savepoint are to each other. */
    JobClient startFrom(String path, byte[] onnx, String... settings) throws Exception {
        savepoint = path;
        model = onnx;
        return start(settings);
    }

    private JobClient start(String[] settings, String... more) throws Exception {
        return ForecastJob.prepare(JobSettings.parse(arguments(settings, more))).executeAsync();
    }

    private String[] arguments(String[] settings, String... more) throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + bootstrapServers);
        arguments.add("--model.path=" + Files.write(folder.resolve(name + ".onnx"), model));
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.topics=" + name + "-in");
        arguments.add("--source.format=json");
        arguments.add("--source.value-fields=" + String.join(",", fields));
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.format=json");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--sink.late-topic=" + name + "-late");
        arguments.add("--sink.transactional-id-prefix=" + name);
        // Forecasts are compared with those of the stream alone.
        arguments.add("--source.follow-clock=false");
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--checkpoint.interval=1 s");
        if (savepoint == null) {
            // Later starts keep to it, as it is part of the state.
            arguments.add("--forecast.from=earliest");
        } else {
            arguments.add("--flink.execution.state-recovery.path=" + savepoint);
        }
        arguments.addAll(List.of(settings));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private void send(byte[] onnx, int from, int to) throws IOException {
        List<Tick> ticks = new ArrayList<>();
        if (from > 0) {
            send(KEYS.get(0), from - 2, 45, 1);
            ticks.add(tick(KEYS.get(0), from - 2));
        }
        for (int hour = from; hour < to; hour++) {
            for (int key = 0; key < KEYS.size(); key++) {
                if (hour % 11 != 3 + key) {
                    send(KEYS.get(key), hour, 1, fields.size());
                    send(KEYS.get(key), hour, 30, hour % 4 == 1 ? 1 : fields.size());
                }
            }
        }
        producer.flush();
        for (String key : KEYS) {
            for (int hour = Math.max(0, from - 1); hour < to - 1; hour++) {
                if (gathered.get(key).containsKey(hour)) {
                    ticks.add(tick(key, hour));
                }
            }
        }
        if (offline == null) {
            offline = new ChangingModel(onnx);
        } else if (onnx != model) {
            offline.goOnWith(onnx);
        }
        model = onnx;
        expected.addAll(offline.forecasts(ticks));
    }

    /** Sends a record with the first so many of its values. */
    private void send(String key, int hour, int minute, int values) throws IOException {
        long time = START + hour * HOUR + minute * 60_000L;
        TickAccumulator ofHour =
                gathered.computeIfAbsent(key, each -> new LinkedHashMap<>())
                        .computeIfAbsent(hour, each -> new TickAccumulator(fields.size()));
        StringBuilder json =
                new StringBuilder("{\"series\":\"%s\",\"event_time\":%d".formatted(key, time));
        for (int field = 0; field < values; field++) {
            double value = 10 * field + key.charAt(0) + Math.sin(hour * 0.3) + minute / 50.0;
            ofHour.add(field, time, value);
            json.append(",\"%s\":%s".formatted(fields.get(field), value));
        }
        producer.sendRaw(key.getBytes(UTF_8), json.append('}').toString().getBytes(UTF_8));
    }

    private Tick tick(String key, int hour) {
        double[] values = gathered.get(key).get(hour).values(TickAggregate.MEAN);
        return new Tick(key, START / HOUR + hour, values);
    }

    @Override
    public void close() {
        if (offline != null) {
            offline.close();
        }
        reader.close();
        producer.close();
    }
}
