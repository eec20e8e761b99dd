package io.tickformer.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A spec as a table for people: the fields of its JSON, with times in readable units. */
@Internal
public final class SpecTable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SpecTable() {}

    /** The fields by name in the order of the JSON. Names of nested fields contain dots. */
    public static Map<String, String> of(ForecastSpec spec) {
        Map<String, String> rows = new LinkedHashMap<>();
        put("", json(spec), rows);
        rows.computeIfPresent("tickMillis", (name, ms) -> withTime(ms, spec.tickMillis()));
        rows.computeIfPresent(
                "contextLength",
                (name, ticks) ->
                        withTime(ticks + " ticks", spec.contextLength() * spec.tickMillis()));
        rows.computeIfPresent(
                "horizon",
                (name, ticks) -> withTime(ticks + " ticks", spec.horizon() * spec.tickMillis()));
        return Collections.unmodifiableMap(rows);
    }

    /** The spec's JSON as a tree. */
    public static JsonNode json(ForecastSpec spec) {
        try {
            return MAPPER.readTree(SpecJson.write(spec));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the spec was written as invalid JSON: " + e.getMessage(), e);
        }
    }

    private static String withTime(String text, long millis) {
        return text + " (" + time(millis) + ")";
    }

    /** A duration in text form, such as {@code 1 d 2 h}. */
    public static String time(long millis) {
        Duration time = Duration.ofMillis(millis);
        StringBuilder text = new StringBuilder();
        append(text, time.toDaysPart(), "d");
        append(text, time.toHoursPart(), "h");
        append(text, time.toMinutesPart(), "min");
        append(text, time.toSecondsPart(), "s");
        append(text, time.toMillisPart(), "ms");
        return text.length() == 0 ? "0 s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount != 0) {
            text.append(text.length() == 0 ? "" : " ").append(amount).append(' ').append(unit);
        }
    }

    private static void put(String name, JsonNode node, Map<String, String> rows) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = field.getKey();
                put(name.isEmpty() ? key : name + "." + key, field.getValue(), rows);
            }
        } else if (node.isArray()) {
            StringBuilder all = new StringBuilder();
            node.forEach(each -> all.append(all.length() == 0 ? "" : ", ").append(each.asText()));
            rows.put(name, all.length() == 0 ? "none" : all.toString());
        } else {
            rows.put(name, node.asText());
        }
    }
}
