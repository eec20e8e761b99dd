package io.tickformer.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SpecJson;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A spec as names and values for people: the fields of its JSON, and times in their units. */
public final class SpecTable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SpecTable() {}

    /** The fields by name, nested ones with dots, in the order of the JSON. */
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
            throw new IllegalStateException("a spec's JSON is no JSON: " + e.getMessage(), e);
        }
    }

    private static String withTime(String text, long millis) {
        return text + " (" + time(millis) + ")";
    }

    /** A time in words, such as {@code 1 d 2 h}. */
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
