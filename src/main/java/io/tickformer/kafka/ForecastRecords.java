package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Forecasts as records: the key is the series key in UTF-8, the value is Avro or JSON, the header
 * {@value #ISSUED_AT} the wall-clock time of issue in ISO-8601. Key and value are functions of the
 * stream alone.
 */
public final class ForecastRecords extends TopicRecords<Forecast> {
    private static final long serialVersionUID = 1L;

    /** Header with the time of issue. */
    public static final String ISSUED_AT = "issued-at";

    private final OutputFormat format;
    private final RecordTimestamp timestamp;
    private final Clock clock;
    private transient ForecastAvro avro;

    public ForecastRecords(
            String topic, OutputFormat format, RecordTimestamp timestamp, Clock clock) {
        super(topic);
        this.format = format;
        this.timestamp = timestamp;
        this.clock = clock;
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws RegistryException {
        if (format.payload() == PayloadFormat.AVRO) {
            avro = new ForecastAvro(format.register(topic(), Schemas.forecast()));
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Forecast forecast, KafkaSinkContext context, Long eventTimeMillis) {
        Instant now = clock.instant();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic(),
                        null,
                        timestamp == RecordTimestamp.ISSUE_TIME
                                ? now.toEpochMilli()
                                : forecast.tickTimeMillis(),
                        forecast.series().getBytes(StandardCharsets.UTF_8),
                        avro == null ? ForecastJson.encode(forecast) : avro.encode(forecast));
        record.headers().add(ISSUED_AT, now.toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
