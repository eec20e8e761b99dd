package io.tickformer.kafka.encode;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.RecordSizeLimit;
import java.io.IOException;
import java.util.Arrays;

/** How large the values of records become, for plans. */
public final class EncodedSize {
    /** A key of a thousand characters in key and value, a model's name, headers and framing. */
    private static final int KEYS_AND_NAMES = 8 * 1024;

    private EncodedSize() {}

    /** Bytes of a forecast, without the record's key and headers. */
    public static int of(Forecast forecast, PayloadFormat format) {
        return switch (format) {
            case AVRO -> new ForecastAvro(1).encode(forecast).length;
            case JSON -> ForecastJson.encode(forecast).length;
        };
    }

    /**
     * Bytes of a whole record of a forecast at most, whatever its key and numbers are.
     *
     * @param steps of the forecast
     * @param levels of quantiles
     */
    public static int largest(int steps, int levels, PayloadFormat format) {
        double[] quantiles = new double[steps * levels];
        double[] mean = new double[steps];
        double[] quantileLevels = new double[levels];
        // As many digits as there are.
        Arrays.fill(quantiles, -2.2250738585072014E-308);
        Arrays.fill(mean, -2.2250738585072014E-308);
        Arrays.fill(quantileLevels, 1.0 / 3);
        Forecast forecast =
                new Forecast(
                        "",
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        quantileLevels,
                        quantiles,
                        mean,
                        "",
                        "",
                        Integer.MAX_VALUE,
                        ForecastQuality.WARMING_UP);
        return of(forecast, format) + KEYS_AND_NAMES;
    }

    /**
     * Bytes of the largest record that a sink of forecasts can write to a topic.
     *
     * @throws IOException if the brokers cannot be asked
     */
    public static int limit(KafkaConnection connection, String topic) throws IOException {
        return RecordSizeLimit.of(connection, topic, RecordSizeLimit.DEFAULT);
    }

    /** Bytes of an observation, without the record's key. */
    public static int of(Observation observation, PayloadFormat format) {
        return switch (format) {
            case AVRO -> ObservationCodec.avro(observation, 1).length;
            case JSON -> ObservationCodec.json(observation).length;
        };
    }
}
