package io.tickformer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickformer.console.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 600, unit = TimeUnit.SECONDS)
class ServerProcessesIT {
    @Test
    void aBrokerKeepsWhatIsWrittenAndEndsWhenClosed() throws Exception {
        long pid;
        Path folder;
        try (BrokerProcess broker = BrokerProcess.start()) {
            pid = broker.process().pid();
            folder = broker.process().log().getParent();
            assertThat(folder).exists();
            write("words", "value", broker.bootstrapServers());
            assertThat(firstValueOf("words", broker.bootstrapServers())).isEqualTo("value");
        }
        assertThat(isRunning(pid)).isFalse();
        assertThat(folder).doesNotExist();
    }

    @Test
    void aRegistryTakesASchemaAndEndsWhenClosed() throws Exception {
        long pid;
        try (RegistryProcess registry = RegistryProcess.start()) {
            pid = registry.process().pid();
            assertThat(register(registry, "words-value")).matches("\\d+");
        }
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void aRegistryThatWasKilledKnowsItsSchemasWhenItIsStartedAgain(@TempDir Path folder)
            throws Exception {
        try (RegistryProcess registry =
                RegistryProcess.launch(
                        Installation.current(),
                        Ports.free(),
                        folder.resolve("registry.log"),
                        folder.resolve("schemas"))) {
            registry.awaitReady();
            String before = register(registry, "words-value");

            registry.process().kill();
            try (JavaProcess again = registry.process().again()) {
                again.awaitReady(() -> schema(registry, before) != null, Duration.ofSeconds(90));

                assertThat(schema(registry, before)).contains("string");
                assertThat(register(registry, "words-value")).isEqualTo(before);
            }
        }
    }

    @Test
    void aBrokerThatWasKilledHasItsRecordsWhenItIsStartedAgain() throws Exception {
        try (BrokerProcess broker =
                BrokerProcess.start(Installation.current(), Ports.free(), null, Map.of())) {
            write("words", "value", broker.bootstrapServers());

            broker.process().kill();
            try (JavaProcess again = broker.process().again()) {
                assertThat(firstValueOf("words", broker.bootstrapServers())).isEqualTo("value");
                assertThat(again.isAlive()).isTrue();
                assertThat(again.pid()).isNotEqualTo(broker.process().pid());
            }
        }
    }

    @Test
    void aProcessEndsWhenItsStarterIsKilled(@TempDir Path folder) throws Exception {
        Path pidFile = folder.resolve("pid");
        JavaProcess starter =
                JavaProcess.start(
                        "starter",
                        List.of(
                                "-D"
                                        + Installation.HOME_PROPERTY
                                        + "="
                                        + Installation.current().home(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StarterMain.class.getName(),
                                pidFile.toString()),
                        folder.resolve("starter.log"));
        starter.awaitReady(() -> Files.exists(pidFile), Duration.ofSeconds(90));
        long pid = Long.parseLong(Files.readString(pidFile, StandardCharsets.UTF_8));
        assertThat(isRunning(pid)).isTrue();

        starter.kill();

        Optional<ProcessHandle> broker = ProcessHandle.of(pid);
        if (broker.isPresent()) {
            broker.get().onExit().get(60, TimeUnit.SECONDS);
        }
        assertThat(isRunning(pid)).isFalse();
    }

    @Test
    void aPortInUseIsNamedInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(
                            () -> BrokerProcess.start(Installation.current(), port, null, Map.of()))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("port " + port + " for the broker is in use")
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void aBrokerThatCannotStartSaysWhy() {
        assertThatThrownBy(
                        () ->
                                BrokerProcess.start(
                                        Installation.current(),
                                        0,
                                        null,
                                        Map.of("num.partitions", "none")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("broker ended with code")
                .hasMessageContaining("num.partitions");
    }

    @Test
    void anUnbuiltProjectIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> RegistryProcess.launch(new Installation(folder), 0, null))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("mvn -DskipTests package");
    }

    /** Registers a schema and gives its id. */
    private static String register(RegistryProcess registry, String subject) throws Exception {
        HttpResponse<String> answer =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create(
                                                        registry.url()
                                                                + "/subjects/"
                                                                + subject
                                                                + "/versions"))
                                        .header("Content-Type", "application/json")
                                        .POST(
                                                HttpRequest.BodyPublishers.ofString(
                                                        "{\"schema\": \"\\\"string\\\"\"}"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Matcher id = Pattern.compile("\"id\":\\s*(\\d+)").matcher(answer.body());
        assertThat(id.find()).as(answer.body()).isTrue();
        return id.group(1);
    }

    /** The schema of an id as the registry gives it, or null if it does not. */
    private static String schema(RegistryProcess registry, String id) {
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(
                                                    URI.create(
                                                            registry.url() + "/schemas/ids/" + id))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? answer.body() : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(String topic, String value, String bootstrapServers)
            throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                        new StringSerializer(),
                        new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get();
        }
    }

    private static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static String firstValueOf(String topic, String bootstrapServers) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (true) {
                ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(1));
                for (ConsumerRecord<String, String> read : records) {
                    return read.value();
                }
            }
        }
    }
}
