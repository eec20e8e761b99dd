package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.event.Observation;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.RecordSizeLimit;
import java.io.IOException;
import java.util.Arrays;

/** Sizes of encoded records, for planning and checks. */
@Internal
public final class EncodedSize {
    /**
     * Allowance for a key of a thousand characters in key and value, the model's name, headers and
     * framing.
     */
    private static final int KEYS_AND_NAMES = 8 * 1024;

    private EncodedSize() {}

    /** The size of a forecast in bytes, without the record's key and headers. */
    public static int of(Forecast forecast, PayloadFormat format) {
        return switch (format) {
            case AVRO -> new ForecastAvro(1).encode(forecast).length;
            case JSON -> ForecastJson.encode(forecast).length;
        };
    }

    /**
     * An upper bound on the size of a forecast's record in bytes, for any key and values.
     *
     * @param steps horizon steps of the forecast
     * @param levels number of quantile levels
     */
    public static int largest(int steps, int levels, PayloadFormat format) {
        double[] quantiles = new double[steps * levels];
        double[] mean = new double[steps];
        double[] quantileLevels = new double[levels];
        // The most digits that a double can have.
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
     * The size in bytes of the largest record that the forecast sink can write to a topic.
     *
     * @throws IOException if a request to the brokers fails
     */
    public static int limit(KafkaConnection connection, String topic) throws IOException {
        return RecordSizeLimit.of(connection, topic, RecordSizeLimit.DEFAULT);
    }

    /** The size of an observation in bytes, without the record's key. */
    public static int of(Observation observation, PayloadFormat format) {
        return switch (format) {
            case AVRO -> ObservationCodec.avro(observation, 1).length;
            case JSON -> ObservationCodec.json(observation).length;
        };
    }
}
