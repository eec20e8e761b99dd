package io.tickformer.lab.plan;

import io.tickformer.event.Forecast;
import io.tickformer.event.Observation;
import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.encode.EncodedSize;

/**
 * Sizes of records on the wire, measured with the encoders of the job.
 *
 * @param format of record values
 */
record RecordSizes(PayloadFormat format) {
    /** Length of a series key in UTF-8. */
    static final int KEY_BYTES = 16;

    /** Bytes of a record in a batch besides key, value and headers: lengths, offset and time. */
    private static final int FRAMING = 10;

    /** Name and value of the header with the time of issue, with their lengths. */
    private static final int ISSUED_AT = 37;

    private static final int JSON_FIELD_BYTES = 25;
    private static final long TIME_MILLIS = 1_700_000_000_123L;

    /** A series key of that length. */
    static String key() {
        return "0".repeat(KEY_BYTES);
    }

    /** Size of an output record. */
    int ofForecast(Forecast forecast) {
        return EncodedSize.of(forecast, format) + KEY_BYTES + ISSUED_AT + FRAMING;
    }

    /** Size of an input record with this many values. */
    int ofInput(int values) {
        Observation observation = new Observation(key(), TIME_MILLIS, 123.456);
        int more = format == PayloadFormat.AVRO ? Double.BYTES : JSON_FIELD_BYTES;
        return EncodedSize.of(observation, format) + (values - 1) * more + KEY_BYTES + FRAMING;
    }
}
