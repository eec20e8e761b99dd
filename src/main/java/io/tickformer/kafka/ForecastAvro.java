package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Forecasts as Avro and back, in the Confluent wire format.
 *
 * <p>Writing goes field by field in the order of {@code schemas/forecast.avsc} instead of through a
 * generic record: a forecast holds hundreds of numbers, and a generic record would box each of
 * them. That the order is the schema's is held by a test that reads the bytes with the schema
 * alone. Reading, which only tools do, is generic and so resolves other versions of the schema.
 */
final class ForecastAvro {
    private final byte[] header;
    private final Schema quality = Schemas.forecast().getField("quality").schema();
    private BinaryEncoder encoder;

    /** Frames carry the given schema id. */
    ForecastAvro(int schemaId) {
        this.header = ConfluentFrame.header(schemaId);
    }

    byte[] encode(Forecast forecast) {
        int floats = forecast.quantiles().length + forecast.mean().length;
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + Float.BYTES * floats);
        out.writeBytes(header);
        encoder = EncoderFactory.get().binaryEncoder(out, encoder);
        try {
            write(forecast);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return out.toByteArray();
    }

    private void write(Forecast forecast) throws IOException {
        encoder.writeString(forecast.series());
        encoder.writeLong(forecast.tickIndex());
        encoder.writeLong(forecast.tickTimeMillis());
        encoder.writeLong(forecast.tickMillis());
        encoder.writeInt(forecast.horizon());
        startArray(forecast.quantileLevels().length);
        for (double level : forecast.quantileLevels()) {
            encoder.startItem();
            encoder.writeDouble(level);
        }
        encoder.writeArrayEnd();
        startArray(forecast.horizon());
        for (int step = 0; step < forecast.horizon(); step++) {
            encoder.startItem();
            startArray(forecast.quantileLevels().length);
            for (int level = 0; level < forecast.quantileLevels().length; level++) {
                encoder.startItem();
                encoder.writeFloat(forecast.quantile(step, level));
            }
            encoder.writeArrayEnd();
        }
        encoder.writeArrayEnd();
        startArray(forecast.horizon());
        for (float mean : forecast.mean()) {
            encoder.startItem();
            encoder.writeFloat(mean);
        }
        encoder.writeArrayEnd();
        encoder.writeString(forecast.modelName());
        encoder.writeString(forecast.modelVersion());
        encoder.writeInt(forecast.observedTicks());
        encoder.writeEnum(quality.getEnumOrdinal(forecast.quality().name()));
    }

    private void startArray(int items) throws IOException {
        encoder.writeArrayStart();
        encoder.setItemCount(items);
    }

    /** The forecast in a record that was read with {@link Schemas#forecast()}. */
    static Forecast fromRecord(GenericRecord record) {
        int horizon = (int) record.get("horizon");
        List<?> levels = (List<?>) record.get("quantile_levels");
        List<?> steps = (List<?>) record.get("quantiles");
        List<?> means = (List<?>) record.get("mean");
        double[] quantileLevels = new double[levels.size()];
        for (int i = 0; i < quantileLevels.length; i++) {
            quantileLevels[i] = (double) levels.get(i);
        }
        float[] quantiles = new float[horizon * quantileLevels.length];
        float[] mean = new float[horizon];
        for (int step = 0; step < horizon; step++) {
            List<?> values = (List<?>) steps.get(step);
            for (int i = 0; i < quantileLevels.length; i++) {
                quantiles[step * quantileLevels.length + i] = (float) values.get(i);
            }
            mean[step] = (float) means.get(step);
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
                ForecastQuality.valueOf(record.get("quality").toString()));
    }
}
