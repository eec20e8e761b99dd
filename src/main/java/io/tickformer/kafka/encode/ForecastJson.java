package io.tickformer.kafka.encode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.registry.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Encodes and decodes forecasts as JSON objects, with the field names of {@code
 * schemas/forecast.avsc}. {@code tick_time} is in milliseconds since the Unix epoch.
 */
@Internal
public final class ForecastJson {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonMapper MAPPER = new JsonMapper();

    private ForecastJson() {}

    public static byte[] encode(Forecast forecast) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            write(forecast, json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private static void write(Forecast forecast, JsonGenerator json) throws IOException {
        int levels = forecast.quantileLevels().length;
        json.writeStartObject();
        json.writeStringField("series", forecast.series());
        json.writeNumberField("tick_index", forecast.tickIndex());
        json.writeNumberField("tick_time", forecast.tickTimeMillis());
        json.writeNumberField("tick_millis", forecast.tickMillis());
        json.writeNumberField("horizon", forecast.horizon());
        json.writeFieldName("quantile_levels");
        json.writeArray(forecast.quantileLevels(), 0, levels);
        json.writeArrayFieldStart("quantiles");
        for (int step = 0; step < forecast.horizon(); step++) {
            json.writeStartArray();
            for (int level = 0; level < levels; level++) {
                json.writeNumber(forecast.quantile(step, level));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("mean");
        for (double mean : forecast.mean()) {
            json.writeNumber(mean);
        }
        json.writeEndArray();
        json.writeStringField("model_name", forecast.modelName());
        json.writeStringField("model_version", forecast.modelVersion());
        json.writeNumberField("observed_ticks", forecast.observedTicks());
        json.writeStringField("quality", forecast.quality().name());
        json.writeBooleanField("calibrated", forecast.calibrated());
        json.writeEndObject();
    }

    /**
     * Reads a forecast that {@link #encode} wrote.
     *
     * @throws UndecodableException if the bytes are not a forecast
     */
    public static Forecast decode(byte[] bytes) throws UndecodableException {
        try {
            return fromTree(MAPPER.readTree(bytes));
        } catch (IOException | IllegalArgumentException e) {
            throw new UndecodableException("the value is not a forecast: " + e.getMessage(), e);
        }
    }

    private static Forecast fromTree(JsonNode json) {
        JsonNode levels = json.required("quantile_levels");
        JsonNode steps = json.required("quantiles");
        JsonNode means = json.required("mean");
        double[] quantileLevels = new double[levels.size()];
        for (int i = 0; i < quantileLevels.length; i++) {
            quantileLevels[i] = levels.get(i).doubleValue();
        }
        double[] quantiles = new double[steps.size() * quantileLevels.length];
        double[] mean = new double[means.size()];
        for (int step = 0; step < mean.length; step++) {
            JsonNode values = steps.required(step);
            for (int i = 0; i < quantileLevels.length; i++) {
                quantiles[step * quantileLevels.length + i] = values.required(i).doubleValue();
            }
            mean[step] = means.get(step).doubleValue();
        }
        return new Forecast(
                json.required("series").textValue(),
                json.required("tick_index").longValue(),
                json.required("tick_time").longValue(),
                json.required("tick_millis").longValue(),
                quantileLevels,
                quantiles,
                mean,
                json.required("model_name").textValue(),
                json.required("model_version").textValue(),
                json.required("observed_ticks").intValue(),
                ForecastQuality.valueOf(json.required("quality").asText()),
                json.path("calibrated").asBoolean(false));
    }
}
