package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Anomaly;
import io.tickformer.event.ForecastEvent;
import io.tickformer.event.ForecastEventKind;
import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import io.tickformer.kafka.registry.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/**
 * Decodes the events of the feedback from Avro. Only tools decode them. Decoding is generic, and so
 * resolves other versions of the schemas.
 */
@Internal
public final class FeedbackAvro {
    private FeedbackAvro() {}

    /** Converts a generic record that was read with {@link Schemas#score()}. */
    public static ForecastScore score(GenericRecord record) {
        List<StepScore> steps = new ArrayList<>();
        for (Object step : (List<?>) record.get("steps")) {
            steps.add(step((GenericRecord) step));
        }
        return new ForecastScore(
                record.get("series").toString(),
                (long) record.get("tick_index"),
                (long) record.get("tick_time"),
                (long) record.get("tick_millis"),
                (int) record.get("series_count"),
                (int) record.get("calibrated_count"),
                (int) record.get("fallback_count"),
                numbers(record, "intervals"),
                steps);
    }

    private static StepScore step(GenericRecord record) {
        return new StepScore(
                (int) record.get("step"),
                (double) record.get("targets"),
                optional(record, "absolute_error"),
                optional(record, "pinball_loss"),
                optional(record, "naive_error"),
                optional(record, "seasonal_naive_error"),
                numbers(record, "coverage"));
    }

    /** Converts a generic record that was read with {@link Schemas#anomaly()}. */
    public static Anomaly anomaly(GenericRecord record) {
        return new Anomaly(
                record.get("series").toString(),
                (long) record.get("tick_index"),
                (long) record.get("tick_time"),
                (long) record.get("tick_millis"),
                (double) record.get("value"),
                optional(record, "expected"),
                (double) record.get("score"),
                (boolean) record.get("is_high"),
                (boolean) record.get("is_withdrawn"));
    }

    /**
     * Converts a generic record that was read with {@link Schemas#event()}.
     *
     * @throws IllegalArgumentException if this version does not know the kind of event
     */
    public static ForecastEvent event(GenericRecord record) {
        TreeMap<String, Double> evidence = new TreeMap<>();
        for (Map.Entry<?, ?> each : ((Map<?, ?>) record.get("evidence")).entrySet()) {
            evidence.put(each.getKey().toString(), (double) each.getValue());
        }
        return new ForecastEvent(
                record.get("series").toString(),
                (long) record.get("tick_index"),
                (long) record.get("tick_time"),
                (long) record.get("tick_millis"),
                ForecastEventKind.valueOf(record.get("kind").toString()),
                record.get("text").toString(),
                evidence);
    }

    /** A number that may be missing; then NaN. */
    private static double optional(GenericRecord record, String name) {
        Object value = record.get(name);
        return value == null ? Double.NaN : (double) value;
    }

    private static double[] numbers(GenericRecord record, String name) {
        List<?> values = (List<?>) record.get(name);
        double[] numbers = new double[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (double) values.get(i);
        }
        return numbers;
    }
}
