package io.tickformer.examples.consumers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A topic of forecasts, read with an ordinary consumer. Values in Avro are decoded by the
 * deserializer of a registry, which comes with the client: Apicurio's, unless {@code --properties}
 * names another.
 */
final class ForecastTopic {
    /** The options that say where forecasts are. */
    static final Map<String, String> DEFAULTS =
            Map.of(
                    "bootstrap-servers", "localhost:9092",
                    "registry", "http://localhost:8080/apis/registry/v3",
                    "topic", "forecasts",
                    "group", "forecast-reader",
                    "format", "avro",
                    "count", "Infinity",
                    "properties", "");

    private static final JsonMapper MAPPER = new JsonMapper();

    private final Arguments arguments;

    ForecastTopic(Arguments arguments) {
        this.arguments = arguments;
    }

    /** Hands each record to the listener, in the order of its series, until --count is reached. */
    void read(Consumer<ConsumerRecord<String, Object>> listener) throws IOException {
        double left = arguments.number("count");
        try (KafkaConsumer<String, Object> consumer = new KafkaConsumer<>(properties())) {
            consumer.subscribe(List.of(arguments.text("topic")));
            while (left > 0) {
                for (ConsumerRecord<String, Object> each : consumer.poll(Duration.ofSeconds(1))) {
                    if (left > 0) {
                        listener.accept(each);
                        left--;
                    }
                }
            }
        }
    }

    /** The forecast that a record holds. */
    static Forecast forecast(ConsumerRecord<String, Object> record) {
        if (record.value() instanceof GenericRecord avro) {
            return Forecast.of(avro);
        }
        try {
            return Forecast.of(MAPPER.readTree((String) record.value()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the value at offset %d of partition %d is no JSON; is --format right?"
                            .formatted(record.offset(), record.partition()),
                    e);
        }
    }

    private Properties properties() throws IOException {
        boolean isJson = arguments.oneOf("format", List.of("avro", "json")).equals("json");
        Properties client = new Properties();
        client.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, arguments.text("bootstrap-servers"));
        client.put(ConsumerConfig.GROUP_ID_CONFIG, arguments.text("group"));
        client.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // What an exactly-once job has not committed stays unseen.
        client.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        client.put(
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        client.put(
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                isJson
                        ? StringDeserializer.class.getName()
                        : "io.apicurio.registry.serde.avro.AvroKafkaDeserializer");
        client.put("apicurio.registry.url", arguments.text("registry"));
        if (!arguments.text("properties").isEmpty()) {
            try (Reader file = Files.newBufferedReader(Path.of(arguments.text("properties")))) {
                client.load(file);
            }
        }
        return client;
    }
}
