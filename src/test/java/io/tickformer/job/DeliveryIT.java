package io.tickformer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.event.Observation;
import io.tickformer.kafka.TopicAdmin;
import io.tickformer.kafka.encode.ObservationProducer;
import io.tickformer.kafka.issued.ForecastTopicReader;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.process.BrokerProcess;
import io.tickformer.testing.ExpectedForecasts;
import io.tickformer.testing.SharedServers;
import io.tickformer.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Exactly-once delivery where the settings, another job or the brokers are in its way. */
@Timeout(value = 600, unit = TimeUnit.SECONDS)
final class DeliveryIT {
    private static final long HOUR = 3_600_000L;
    private static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();

    @TempDir private static Path folder;
    private static BrokerProcess broker;
    private static Path modelFile;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = SharedServers.broker();
        modelFile = Files.write(folder.resolve("model.onnx"), TestModels.streaming());
    }

    @Test
    void aTransactionTimeoutAboveTheBrokersIsOneLineThatNamesBothSettings() throws Exception {
        createTopics("long");

        assertThatThrownBy(() -> start("long", "--sink.transaction-timeout=2 h"))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("checkpoint.interval is 1 s")
                .hasMessageContaining("sink.transaction-timeout is 2 h")
                .hasMessageContaining(
                        "at most 15 min, the transaction.max.timeout.ms of the brokers");
    }

    @Test
    void twoJobsWithDefaultSettingsDoNotEndEachOther() throws Exception {
        createTopics("one");
        createTopics("two");
        JobClient one = start("one", "--flink.restart-strategy.type=none");
        JobClient two = start("two", "--flink.restart-strategy.type=none");
        try {
            for (int part = 0; part < 2; part++) {
                for (String name : List.of("one", "two")) {
                    send(name, 10 * part, 10 * (part + 1));
                }
                for (String name : List.of("one", "two")) {
                    try (ForecastTopicReader reader = reader(name)) {
                        int ticks = 10 * (part + 1) - 1;
                        assertThat(ExpectedForecasts.await(reader, ticks)).hasSize(ticks);
                    }
                }
            }
        } finally {
            one.cancel().get();
            two.cancel().get();
        }
    }

    @Test
    void aTransactionThatTheBrokersGaveUpEndsTheJobAndSaysWhatIsLost() throws Exception {
        createTopics("lost");
        JobClient job = start("lost", "--checkpoint.interval=10 s");
        send("lost", 0, 10);
        try (ForecastTopicReader reader = reader("lost");
                Admin admin =
                        Admin.create(
                                Map.of(
                                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                        broker.bootstrapServers()))) {
            assertThat(ExpectedForecasts.await(reader, 9)).hasSize(9);
            // The next checkpoint is most of its interval away.
            send("lost", 10, 20);
            KafkaRecords.awaitUncommitted(broker.bootstrapServers(), "lost-out", 19);
            List<String> open =
                    admin.listTransactions().all().get().stream()
                            .filter(each -> each.state() == TransactionState.ONGOING)
                            .map(TransactionListing::transactionalId)
                            .toList();
            assertThat(open).isNotEmpty();
            // As the coordinator does when the time is up.
            admin.fenceProducers(open).all().get();
        }

        assertThatThrownBy(() -> job.getJobExecutionResult().get())
                .hasStackTraceContaining("the brokers aborted transaction tickformer-lost")
                .hasStackTraceContaining("Set sink.transaction-timeout well above");
    }

    private static void send(String name, int fromTick, int toTick) throws Exception {
        try (ObservationProducer producer =
                new ObservationProducer(broker.bootstrapServers(), name, OutputFormat.json())) {
            for (int tick = fromTick; tick < toTick; tick++) {
                producer.send(new Observation("north", START + tick * HOUR, tick % 7));
            }
            producer.flush();
        }
    }

    private static ForecastTopicReader reader(String name) {
        return new ForecastTopicReader(
                broker.bootstrapServers(), name + "-out", OutputFormat.json());
    }

    private static void createTopics(String name) throws Exception {
        try (TopicAdmin topics =
                new TopicAdmin(broker.bootstrapServers(), Duration.ofSeconds(30))) {
            topics.create(List.of(name, name + "-out", name + "-dead"), 1, 1);
        }
    }

    private static JobClient start(String name, String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.add("--kafka.bootstrap-servers=" + broker.bootstrapServers());
        arguments.add("--model.path=" + modelFile);
        arguments.add("--source.topics=" + name);
        arguments.addAll(ExpectedForecasts.OF_THE_MODEL_ALONE);
        arguments.add("--source.format=json");
        arguments.add("--sink.topic=" + name + "-out");
        arguments.add("--sink.format=json");
        arguments.add("--sink.dead-letter-topic=" + name + "-dead");
        arguments.add("--forecast.from=earliest");
        arguments.add("--source.out-of-orderness=0 s");
        arguments.add("--checkpoint.interval=1 s");
        arguments.add("--job.parallelism=1");
        arguments.addAll(List.of(more));
        return ForecastJob.prepare(JobSettings.parse(arguments.toArray(String[]::new)))
                .executeAsync();
    }
}
