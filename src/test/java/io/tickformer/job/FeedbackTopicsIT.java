package io.tickformer.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ForecastJson;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.SpecJson;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the feedback finds arrives on topics of its own. */
@Timeout(300)
final class FeedbackTopicsIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final List<String> SERIES = List.of("north", "south", "west");
    private static final int HOURS = 240;
    private static final int SPIKE = 200;

    @TempDir private static Path folder;
    private static BrokerProcess broker;

    @BeforeAll
    static void startServers() throws Exception {
        broker = SharedServers.broker();
    }

    private static void createTopics(String name) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(
                    List.of(
                            name + "-in",
                            name + "-out",
                            name + "-scores",
                            name + "-anomalies",
                            name + "-events"),
                    1,
                    1);
        }
    }

    private static void run(String name, Path model, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--kafka.group-id=" + name);
        arguments.add("--model.path=" + model);
        arguments.add("--source.topics=" + name + "-in");
        arguments.add("--source.format=json");
        arguments.add("--source.bounded=true");
        arguments.add("--source.follow-clock=false");
        arguments.add("--sink.format=json");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.dead-letter-topic=");
        arguments.add("--sink.late-topic=");
        arguments.add("--sink.scores-topic=" + name + "-scores");
        arguments.add("--sink.anomalies-topic=" + name + "-anomalies");
        arguments.add("--sink.events-topic=" + name + "-events");
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=1");
        arguments.addAll(List.of(more));
        ForecastJob.run(arguments.toArray(String[]::new));
    }

    private static List<JsonNode> records(String topic, int atLeast) throws Exception {
        List<JsonNode> values = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.await(broker.bootstrapServers(), topic, atLeast)) {
            JsonNode value = new JsonMapper().readTree(record.value());
            assertThat(new String(record.key(), UTF_8)).isEqualTo(value.get("series").asText());
            values.add(value);
        }
        return values;
    }

    private static double value(int hour, int series) {
        double wave = Math.sin(2 * Math.PI * hour / 24) + 0.1 * Math.sin(hour * (series + 1.7));
        return 10 + series + wave + (hour == SPIKE && series == 0 ? 100 : 0);
    }

    @Test
    void scoresOfEachSeriesAndOfTheJobAndTheAnomalyAreWritten() throws Exception {
        createTopics("feedback");
        Path model = Files.write(folder.resolve("hours.onnx"), TestModels.streaming());
        try (ObservationProducer producer =
                new ObservationProducer(
                        broker.bootstrapServers(), "feedback-in", OutputFormat.json())) {
            for (int hour = 0; hour < HOURS; hour++) {
                for (int series = 0; series < SERIES.size(); series++) {
                    producer.send(
                            new Observation(
                                    SERIES.get(series), START + hour * HOUR, value(hour, series)));
                }
            }
            producer.flush();
        }

        run("feedback", model, "--feedback.scores-interval=24 h");

        int ofSeries = SERIES.size() * HOURS / 24;
        List<JsonNode> scores = records("feedback-scores", ofSeries + 1);
        assertThat(scores)
                .filteredOn(score -> score.get("series").asText().equals("south"))
                .hasSize(HOURS / 24)
                .last()
                .satisfies(
                        score -> {
                            assertThat(score.get("tick_millis").asLong()).isEqualTo(HOUR);
                            JsonNode first = score.get("steps").get(0);
                            assertThat(first.get("step").asInt()).isEqualTo(1);
                            assertThat(first.get("targets").asDouble()).isGreaterThan(100);
                            assertThat(first.get("absolute_error").asDouble()).isPositive();
                            assertThat(first.get("naive_error").asDouble()).isPositive();
                        });
        assertThat(scores)
                .filteredOn(score -> score.get("series").asText().isEmpty())
                .isNotEmpty()
                .allSatisfy(score -> assertThat(score.get("series_count").asInt()).isBetween(1, 3));
        assertThat(records("feedback-anomalies", 1))
                .anySatisfy(
                        anomaly -> {
                            assertThat(anomaly.get("series").asText()).isEqualTo("north");
                            assertThat(anomaly.get("tick_index").asLong())
                                    .isEqualTo(START / HOUR + SPIKE);
                            assertThat(anomaly.get("is_high").asBoolean()).isTrue();
                        });
    }

    @Test
    void aModelWhoseCallsFailIsAnEventAndNoOutage() throws Exception {
        createTopics("failing");
        Path model =
                Files.write(folder.resolve("brittle.onnx"), ForeignModels.failingAboveAThousand());
        Path spec =
                Files.writeString(
                        folder.resolve("brittle.json"),
                        SpecJson.write(
                                ForeignModels.spec(
                                        new ForeignArchitecture(
                                                new ForeignTensor("x", "BT"),
                                                null,
                                                null,
                                                new ForeignTensor("mean", "BH"),
                                                false))));
        int seconds = 60;
        try (ObservationProducer producer =
                new ObservationProducer(
                        broker.bootstrapServers(), "failing-in", OutputFormat.json())) {
            for (int second = 0; second < seconds; second++) {
                double value = second >= 20 && second < 30 ? 5_000 : second % 7;
                producer.send(new Observation("a", START + 1_000L * second, value));
            }
            producer.flush();
        }

        run("failing", model, "--model.spec=" + spec, "--forecast.micro-batch-size=1");

        List<JsonNode> events = records("failing-events", 2);
        assertThat(events)
                .filteredOn(event -> event.get("kind").asText().startsWith("MODEL"))
                .extracting(event -> event.get("kind").asText())
                .containsExactly("MODEL_FAILED", "MODEL_RECOVERED");
        assertThat(events.get(0).get("text").asText()).contains("the run failed");
        List<ForecastQuality> qualities = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.await(broker.bootstrapServers(), "failing-out", seconds)) {
            Forecast forecast = ForecastJson.decode(record.value());
            qualities.add(forecast.quality());
        }
        assertThat(qualities).hasSize(seconds);
        assertThat(qualities.subList(20, 30)).containsOnly(ForecastQuality.FALLBACK);
    }
}
