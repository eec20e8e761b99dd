package io.tickformer.job;

import io.tickformer.kafka.describe.FieldDescription;
import io.tickformer.kafka.describe.RecordContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The messages of an AsyncAPI document: each form that the records of a topic may have. */
final class AsyncApiMessages {
    private static final String AVRO = "-avro";
    private static final String JSON = "-json";

    private final Map<String, Object> messages = new LinkedHashMap<>();
    private final Map<String, Object> schemas = new LinkedHashMap<>();

    /** The components that channels refer to. */
    Map<String, Object> components() {
        return OrderedMaps.of("messages", messages, "schemas", schemas);
    }

    /** References to the messages of some content, which are added if they are new. */
    Map<String, Object> references(RecordContent content) {
        Map<String, Object> references = new LinkedHashMap<>();
        for (String name : names(content)) {
            references.put(name, OrderedMaps.of("$ref", "#/components/messages/" + name));
        }
        return references;
    }

    private List<String> names(RecordContent content) {
        String text = content.text();
        if (!content.hasSchema()) {
            messages.computeIfAbsent(text, name -> unchanged(content));
            return List.of(text);
        }
        messages.computeIfAbsent(text + AVRO, name -> avro(content));
        messages.computeIfAbsent(text + JSON, name -> json(content));
        schemas.computeIfAbsent(text, name -> content.jsonSchema());
        return List.of(text + AVRO, text + JSON);
    }

    private static Map<String, Object> avro(RecordContent content) {
        Map<String, Object> message =
                message(
                        content,
                        "Avro, after a zero byte and the schema's id in four bytes.",
                        "application/vnd.apache.avro+binary",
                        OrderedMaps.of(
                                "schemaIdLocation",
                                "payload",
                                "schemaIdPayloadEncoding",
                                "confluent"));
        message.put(
                "payload",
                OrderedMaps.of(
                        "schemaFormat",
                        "application/vnd.apache.avro;version=1.9.0",
                        "schema",
                        content.avroSchema()));
        return message;
    }

    private static Map<String, Object> json(RecordContent content) {
        Map<String, Object> message =
                message(content, "A JSON object.", "application/json", Map.of());
        message.put("payload", OrderedMaps.of("$ref", "#/components/schemas/" + content.text()));
        return message;
    }

    private static Map<String, Object> unchanged(RecordContent content) {
        return message(
                content, "A record of the input as it came.", "application/octet-stream", Map.of());
    }

    private static Map<String, Object> message(
            RecordContent content, String summary, String contentType, Map<String, Object> more) {
        Map<String, Object> key = OrderedMaps.of("type", "string", "description", content.key());
        Map<String, Object> binding = OrderedMaps.of("key", key);
        binding.putAll(more);
        binding.put("bindingVersion", "0.5.0");
        Map<String, Object> message =
                OrderedMaps.of(
                        "summary",
                        summary,
                        "contentType",
                        contentType,
                        "bindings",
                        OrderedMaps.of("kafka", binding));
        if (!content.headers().isEmpty()) {
            message.put("headers", headers(content));
        }
        return message;
    }

    private static Map<String, Object> headers(RecordContent content) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (FieldDescription header : content.headers()) {
            headers.put(
                    header.name(),
                    OrderedMaps.of("type", "string", "description", header.meaning()));
        }
        return OrderedMaps.of("type", "object", "properties", headers);
    }
}
