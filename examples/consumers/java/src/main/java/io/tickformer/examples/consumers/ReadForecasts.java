package io.tickformer.examples.consumers;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Prints the forecasts of a topic, or the records of another output topic, one JSON object a line.
 */
public final class ReadForecasts {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ReadForecasts() {}

    public static void main(String[] arguments) throws IOException {
        new ForecastTopic(Arguments.of(arguments, Map.of()))
                .read(record -> System.out.println(json(record)));
    }

    private static ObjectNode json(ConsumerRecord<String, Object> record) {
        try {
            // A generic record of Avro prints itself as JSON.
            ObjectNode json = (ObjectNode) MAPPER.readTree(record.value().toString());
            Header issued = record.headers().lastHeader("issued-at");
            if (issued != null) {
                json.put("issued_at", new String(issued.value(), StandardCharsets.UTF_8));
            }
            return json;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the value at offset %d is no JSON".formatted(record.offset()), e);
        }
    }
}
