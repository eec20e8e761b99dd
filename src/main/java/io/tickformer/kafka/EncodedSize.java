package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;

/** How large the values of records become, for plans. */
public final class EncodedSize {
    private EncodedSize() {}

    /** Bytes of a forecast, without the record's key and headers. */
    public static int of(Forecast forecast, PayloadFormat format) {
        return switch (format) {
            case AVRO -> new ForecastAvro(1).encode(forecast).length;
            case JSON -> ForecastJson.encode(forecast).length;
        };
    }

    /** Bytes of an observation, without the record's key. */
    public static int of(Observation observation, PayloadFormat format) {
        return switch (format) {
            case AVRO -> ObservationCodec.avro(observation, 1).length;
            case JSON -> ObservationCodec.json(observation).length;
        };
    }
}
