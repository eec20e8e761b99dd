package io.tickformer.lab.plan;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.encode.EncodedSize;

/**
 * Sizes of records on the wire, by the encoders of the job.
 *
 * @param format of values
 */
record RecordSizes(PayloadFormat format) {
    /** Of a series' key, in UTF-8. */
    static final int KEY_BYTES = 16;

    /** What a record takes in a batch beside key, value and headers: lengths, offset and time. */
    private static final int FRAMING = 10;

    /** The name and value of the header with the time of issue, and their lengths. */
    private static final int ISSUED_AT = 37;

    private static final int JSON_FIELD_BYTES = 25;
    private static final long TIME_MILLIS = 1_700_000_000_123L;

    /** A series' key of that size. */
    static String key() {
        return "0".repeat(KEY_BYTES);
    }

    /** A record of the output topic. */
    int ofForecast(Forecast forecast) {
        return EncodedSize.of(forecast, format) + KEY_BYTES + ISSUED_AT + FRAMING;
    }

    /** A record of the input topic that brings so many values. */
    int ofInput(int values) {
        Observation observation = new Observation(key(), TIME_MILLIS, 123.456);
        int more = format == PayloadFormat.AVRO ? Double.BYTES : JSON_FIELD_BYTES;
        return EncodedSize.of(observation, format) + (values - 1) * more + KEY_BYTES + FRAMING;
    }
}
