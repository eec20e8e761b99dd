package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes forecasts as records: the key is the series key in UTF-8, the value is Avro or JSON, and
 * the header {@value #ISSUED_AT} is the wall-clock time of issue in ISO-8601 with milliseconds. Key
 * and value depend on the stream alone.
 */
@Internal
public final class ForecastRecordSerializer extends EventRecordSerializer<Forecast> {
    private static final long serialVersionUID = 1L;

    /** Header with the time of issue. */
    public static final String ISSUED_AT = "issued-at";

    private transient ForecastAvro avro;

    // Many forecasts are issued within one millisecond, and formatting a time takes half as long as
    // encoding a forecast.
    private transient long issuedAtMillis;
    private transient byte[] issuedAt;

    public ForecastRecordSerializer(
            String topic, OutputFormat format, RecordTimestamp timestamp, Clock clock) {
        super(topic, format, timestamp, clock);
    }

    @Override
    Schema schema() {
        return Schemas.forecast();
    }

    @Override
    void useAvro(int schemaId) {
        avro = new ForecastAvro(schemaId);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Forecast forecast, KafkaSinkContext context, Long eventTimeMillis) {
        long now = nowMillis();
        byte[] value = avro == null ? ForecastJson.encode(forecast) : avro.encode(forecast);
        ProducerRecord<byte[], byte[]> record =
                record(forecast.series(), value, now, forecast.tickTimeMillis());
        record.headers().add(ISSUED_AT, issuedAt(now));
        return record;
    }

    private byte[] issuedAt(long millis) {
        if (issuedAt == null || issuedAtMillis != millis) {
            issuedAtMillis = millis;
            issuedAt = Instant.ofEpochMilli(millis).toString().getBytes(StandardCharsets.UTF_8);
        }
        return issuedAt;
    }
}
