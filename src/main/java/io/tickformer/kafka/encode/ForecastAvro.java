package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.kafka.registry.ConfluentFrame;
import io.tickformer.kafka.registry.Schemas;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;

/**
 * Encodes and decodes forecasts as Avro in the Confluent wire format.
 *
 * <p>Encoding writes field by field in the order of {@code schemas/forecast.avsc} and not through a
 * generic record: a forecast has hundreds of numbers, and a generic record would box each of them.
 * A test reads the bytes with the schema alone, to check that the order is that of the schema. Only
 * tools decode. Decoding is generic, and so resolves other versions of the schema.
 */
@Internal
public final class ForecastAvro {
    private final byte[] header;
    private final Map<ForecastQuality, Integer> qualities = new EnumMap<>(ForecastQuality.class);
    private final AvroBinaryEncoder out = new AvroBinaryEncoder();

    /** Encodes with the given schema id. */
    public ForecastAvro(int schemaId) {
        this.header = ConfluentFrame.header(schemaId);
        Schema quality = Schemas.forecast().getField("quality").schema();
        for (ForecastQuality each : ForecastQuality.values()) {
            qualities.put(each, quality.getEnumOrdinal(each.name()));
        }
    }

    public byte[] encode(Forecast forecast) {
        out.clear();
        out.writeRaw(header);
        out.writeString(forecast.series());
        out.writeLong(forecast.tickIndex());
        out.writeLong(forecast.tickTimeMillis());
        out.writeLong(forecast.tickMillis());
        out.writeLong(forecast.horizon());
        out.writeDoubles(forecast.quantileLevels(), 0, forecast.quantileLevels().length);
        int levels = forecast.quantileLevels().length;
        out.startArray(forecast.horizon());
        for (int step = 0; step < forecast.horizon(); step++) {
            out.writeDoubles(forecast.quantiles(), step * levels, levels);
        }
        out.endArray();
        out.writeDoubles(forecast.mean(), 0, forecast.horizon());
        out.writeString(forecast.modelName());
        out.writeString(forecast.modelVersion());
        out.writeLong(forecast.observedTicks());
        out.writeLong(qualities.get(forecast.quality()));
        out.writeBoolean(forecast.calibrated());
        return out.toByteArray();
    }

    /** Converts a generic record that was read with {@link Schemas#forecast()}. */
    public static Forecast fromRecord(GenericRecord record) {
        int horizon = (int) record.get("horizon");
        List<?> levels = (List<?>) record.get("quantile_levels");
        List<?> steps = (List<?>) record.get("quantiles");
        List<?> means = (List<?>) record.get("mean");
        double[] quantileLevels = new double[levels.size()];
        for (int i = 0; i < quantileLevels.length; i++) {
            quantileLevels[i] = (double) levels.get(i);
        }
        double[] quantiles = new double[horizon * quantileLevels.length];
        double[] mean = new double[horizon];
        for (int step = 0; step < horizon; step++) {
            List<?> values = (List<?>) steps.get(step);
            for (int i = 0; i < quantileLevels.length; i++) {
                quantiles[step * quantileLevels.length + i] = (double) values.get(i);
            }
            mean[step] = (double) means.get(step);
        }
        return new Forecast(
                record.get("series").toString(),
                (long) record.get("tick_index"),
                (long) record.get("tick_time"),
                (long) record.get("tick_millis"),
                quantileLevels,
                quantiles,
                mean,
                record.get("model_name").toString(),
                record.get("model_version").toString(),
                (int) record.get("observed_ticks"),
                ForecastQuality.valueOf(record.get("quality").toString()),
                (boolean) record.get("calibrated"));
    }
}
