package io.tickformer.examples.consumers;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericRecord;

/**
 * What the examples use of a forecast.
 *
 * @param series the series key
 * @param tickTime start of the tick at which it was issued
 * @param tick length of a tick; step k (from 0) speaks of the tick that starts at {@code tickTime +
 *     (k + 1) * tick}
 * @param levels Q quantile levels, ascending
 * @param quantiles Q quantiles of each step, in the unit of the series
 * @param quality WARMING_UP, OK or FALLBACK
 * @param calibrated whether the quantiles are corrected by how earlier forecasts fared
 */
record Forecast(
        String series,
        Instant tickTime,
        Duration tick,
        List<Double> levels,
        List<List<Double>> quantiles,
        String quality,
        boolean calibrated) {

    /** From the Avro form, as any registry's deserializer returns it. */
    @SuppressWarnings("unchecked")
    static Forecast of(GenericRecord avro) {
        return new Forecast(
                avro.get("series").toString(),
                Instant.ofEpochMilli((long) avro.get("tick_time")),
                Duration.ofMillis((long) avro.get("tick_millis")),
                (List<Double>) avro.get("quantile_levels"),
                (List<List<Double>>) avro.get("quantiles"),
                avro.get("quality").toString(),
                (boolean) avro.get("calibrated"));
    }

    /** From the JSON form. */
    static Forecast of(JsonNode json) {
        List<List<Double>> quantiles = new ArrayList<>();
        json.required("quantiles").forEach(step -> quantiles.add(numbers(step)));
        return new Forecast(
                json.required("series").asText(),
                Instant.ofEpochMilli(json.required("tick_time").asLong()),
                Duration.ofMillis(json.required("tick_millis").asLong()),
                numbers(json.required("quantile_levels")),
                quantiles,
                json.required("quality").asText(),
                json.path("calibrated").asBoolean());
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(each -> numbers.add(each.asDouble()));
        return numbers;
    }

    /**
     * A quantile of a step at any level between the outermost ones: linear between its neighbours.
     *
     * @throws IllegalArgumentException if the level is outside them
     */
    double quantile(int step, double level) {
        List<Double> values = quantiles.get(step);
        for (int above = 0; above < levels.size() && levels.get(0) <= level; above++) {
            if (levels.get(above) == level) {
                return values.get(above);
            }
            if (levels.get(above) > level) {
                double share =
                        (level - levels.get(above - 1))
                                / (levels.get(above) - levels.get(above - 1));
                return values.get(above - 1) + share * (values.get(above) - values.get(above - 1));
            }
        }
        throw new IllegalArgumentException(
                "the level %s is not within the quantile levels %s".formatted(level, levels));
    }
}
