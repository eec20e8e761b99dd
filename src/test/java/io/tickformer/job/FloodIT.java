package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.event.Tick;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.BuildOutput;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.StandaloneCluster;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A million new series within a minute, to a job with a small heap and a cap. */
@Timeout(900)
final class FloodIT {
    private static final int FLOOD = Integer.getInteger("tickformer.flood", 1_000_000);
    private static final int KNOWN = 20;
    private static final int CAP = 100;
    private static final int TICKS = 40;
    private static final int FLOODED_TICK = 20;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final ForecastSpec SPEC = TestSpecs.streaming(MINUTE, 4, 4, 4, 1, 8, 2, 16);

    @Test
    void aMillionNewSeriesInAMinuteAreRefusedAndTheKnownOnesAreForecastAsWithoutThem(
            @TempDir Path home) throws Exception {
        byte[] onnx = TestModels.transformer(SPEC, 7);
        Path model = Files.write(home.resolve("test.onnx"), onnx);
        Map<String, String> properties =
                Map.of(
                        "jobmanager.memory.process.size", "1024m",
                        "taskmanager.memory.process.size", "1536m",
                        "taskmanager.memory.task.off-heap.size", "256m",
                        "taskmanager.numberOfTaskSlots", "1",
                        "state.backend.type", "hashmap");
        List<Observation> known = new ArrayList<>();
        BrokerProcess broker = SharedServers.broker();
        try (StandaloneCluster cluster = StandaloneCluster.session(home, properties)) {
            publish(broker, known);
            cluster.run(
                    BuildOutput.jobJar(),
                    List.of(
                            "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
                            "--source.topics=flood-in",
                            "--source.format=json",
                            "--source.start=earliest",
                            "--model.path=" + model,
                            "--feedback.calibrate=false",
                            "--feedback.mixture=false",
                            "--forecast.max-series=" + CAP,
                            "--sink.topic=flood-out",
                            "--forecast.from=earliest",
                            "--sink.refused-topic=flood-refused",
                            "--sink.format=json",
                            "--checkpoint.interval=1s"));

            List<Tick> ticks = new ArrayList<>(ExpectedForecasts.ticks(known, MINUTE));
            // The last tick of each series is not over.
            ticks.removeIf(tick -> tick.index() == TICKS - 1);
            int admitted = CAP - KNOWN;
            List<Forecast> issued = forecasts(broker, ticks.size() + admitted);
            assertThat(cluster.taskManager().isAlive()).isTrue();
            List<Forecast> ofKnown =
                    issued.stream().filter(each -> each.series().startsWith("known-")).toList();
            ExpectedForecasts.assertEqual(
                    ExpectedForecasts.sorted(ofKnown), ExpectedForecasts.of(ticks, onnx));
            Set<String> others = new HashSet<>();
            issued.forEach(each -> others.add(each.series()));
            assertThat(others).hasSize(CAP);
            assertThat(committed(broker, "flood-refused", FLOOD - admitted))
                    .isEqualTo(FLOOD - admitted);
        }
    }

    private static void publish(BrokerProcess broker, List<Observation> known) throws IOException {
        try (TopicAdmin topics = new TopicAdmin(broker.bootstrapServers(), PATIENCE)) {
            topics.create(List.of("flood-in"), 1, 1);
        }
        try (ObservationProducer producer =
                new ObservationProducer(
                        broker.bootstrapServers(), "flood-in", OutputFormat.json())) {
            for (int tick = 0; tick < TICKS; tick++) {
                long time = tick * MINUTE;
                for (int i = 0; i < KNOWN; i++) {
                    Observation each =
                            new Observation("known-" + i, time + MINUTE / 2, i + tick % 7);
                    known.add(each);
                    producer.send(each);
                }
                for (int i = 0; tick == FLOODED_TICK && i < FLOOD; i++) {
                    producer.send(new Observation("new-" + i, time + MINUTE / 2, i));
                }
            }
            producer.flush();
        }
    }

    private static List<Forecast> forecasts(BrokerProcess broker, int count) throws IOException {
        List<Forecast> forecasts = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (ForecastTopicReader reader =
                new ForecastTopicReader(
                        broker.bootstrapServers(), "flood-out", OutputFormat.json())) {
            while (forecasts.size() < count) {
                assertThat(System.nanoTime())
                        .as("forecasts: %d", forecasts.size())
                        .isLessThan(deadline);
                reader.poll(Duration.ofSeconds(1)).forEach(each -> forecasts.add(each.forecast()));
            }
        }
        return forecasts;
    }

    /** Committed records of a topic's only partition, once there are so many. */
    private static int committed(BrokerProcess broker, String topic, int count) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                broker.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(each -> new TopicPartition(topic, each.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (seen < count) {
                assertThat(System.nanoTime()).as("records: %d", seen).isLessThan(deadline);
                seen += consumer.poll(Duration.ofSeconds(1)).count();
            }
        }
        return seen;
    }
}
