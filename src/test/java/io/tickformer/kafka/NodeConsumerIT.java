package io.tickformer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.encode.ForecastAvro;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.process.BrokerProcess;
import io.tickformer.process.RegistryProcess;
import io.tickformer.testing.Node;
import io.tickformer.testing.Repository;
import io.tickformer.testing.WatchedProcess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The consumer of {@code docker/consumers/node} against a real broker and a real registry. */
@Timeout(600)
final class NodeConsumerIT {

    private static final String TOPIC = "forecasts";
    private static final double[] LEVELS = {0.1, 0.5, 0.9};

    @Test
    void ordinaryNodeClientsDecodeCommittedForecastsAndSeeNoOthers() throws Exception {
        assumeTrue(Node.isPresent(), "Node and npm are on this machine");
        Path consumer = Node.install(Repository.root().resolve("docker/consumers/node"));
        List<Forecast> committed =
                List.of(forecast("meter-1", 100), forecast("meter-2", 100), forecast("käse", 101));
        try (BrokerProcess broker = BrokerProcess.start();
                RegistryProcess registry = RegistryProcess.start()) {
            int id =
                    new SchemaRegistryClient(RegistrySettings.of(URI.create(registry.url())))
                            .register(TOPIC + "-value", Schemas.forecast());
            ForecastAvro avro = new ForecastAvro(id);
            try (KafkaProducer<byte[], byte[]> producer = producer(broker)) {
                producer.initTransactions();
                producer.beginTransaction();
                send(producer, avro, forecast("never-committed", 99));
                producer.abortTransaction();
                producer.beginTransaction();
                for (Forecast each : committed) {
                    send(producer, avro, each);
                }
                producer.commitTransaction();
            }
            List<JsonNode> decoded = read(consumer, broker, registry, committed.size());
            assertThat(decoded).hasSize(committed.size());
            for (int i = 0; i < decoded.size(); i++) {
                assertSame(decoded.get(i), committed.get(i));
            }
        }
    }

    private static List<JsonNode> read(
            Path consumer, BrokerProcess broker, RegistryProcess registry, int count)
            throws Exception {
        List<String> command =
                List.of(
                        "node",
                        consumer.resolve("read-forecasts.js").toString(),
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--registry",
                        registry.url(),
                        "--topic",
                        TOPIC,
                        "--count",
                        String.valueOf(count));
        JsonMapper mapper = new JsonMapper();
        List<JsonNode> decoded = new ArrayList<>();
        try (WatchedProcess node = WatchedProcess.start("node", command, Map.of())) {
            for (String line : node.awaitEnd(Duration.ofMinutes(2)).lines().toList()) {
                decoded.add(mapper.readTree(line));
            }
        }
        return decoded;
    }

    private static void assertSame(JsonNode decoded, Forecast forecast) {
        assertThat(decoded.get("series").asText()).isEqualTo(forecast.series());
        assertThat(decoded.get("tick_index").asLong()).isEqualTo(forecast.tickIndex());
        assertThat(decoded.get("tick_time").asLong()).isEqualTo(forecast.tickTimeMillis());
        assertThat(decoded.get("horizon").asInt()).isEqualTo(forecast.horizon());
        assertThat(decoded.get("model_name").asText()).isEqualTo(forecast.modelName());
        assertThat(decoded.get("quality").asText()).isEqualTo(forecast.quality().name());
        assertThat(decoded.get("issued_at").asText()).isEqualTo("2024-05-01T12:00:00.250Z");
        for (int step = 0; step < forecast.horizon(); step++) {
            assertThat(decoded.get("mean").get(step).asDouble()).isEqualTo(forecast.mean()[step]);
            for (int level = 0; level < LEVELS.length; level++) {
                assertThat(decoded.get("quantile_levels").get(level).asDouble())
                        .isEqualTo(LEVELS[level]);
                assertThat(decoded.get("quantiles").get(step).get(level).asDouble())
                        .isEqualTo(forecast.quantile(step, level));
            }
        }
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, ForecastAvro avro, Forecast forecast)
            throws Exception {
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(
                        TOPIC,
                        forecast.series().getBytes(StandardCharsets.UTF_8),
                        avro.encode(forecast));
        sent.headers()
                .add("issued-at", "2024-05-01T12:00:00.250Z".getBytes(StandardCharsets.UTF_8));
        producer.send(sent).get(1, TimeUnit.MINUTES);
    }

    private static KafkaProducer<byte[], byte[]> producer(BrokerProcess broker) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                        "node-consumer-test"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static Forecast forecast(String series, long tick) {
        return new Forecast(
                series,
                tick,
                tick * 3_600_000L,
                3_600_000L,
                LEVELS,
                new double[] {-1, 0, 1e9, 1.1, 2.2, 3.3},
                new double[] {2.25, 0.1},
                "streaming",
                "1",
                17,
                ForecastQuality.OK);
    }
}
