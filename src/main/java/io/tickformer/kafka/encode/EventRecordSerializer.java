package io.tickformer.kafka.encode;

import io.tickformer.kafka.PayloadFormat;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.sink.RecordTimestamp;
import io.tickformer.kafka.sink.TopicRecordSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.avro.Schema;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes events of a series as records: the key is the series key in UTF-8, the value is Avro or
 * JSON.
 *
 * @param <T> type of the events
 */
abstract class EventRecordSerializer<T> extends TopicRecordSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final OutputFormat format;
    private final RecordTimestamp timestamp;
    private final Clock clock;

    EventRecordSerializer(
            String topic, OutputFormat format, RecordTimestamp timestamp, Clock clock) {
        super(topic);
        this.format = format;
        this.timestamp = timestamp;
        this.clock = clock;
    }

    /** The schema of the values, registered if they are Avro. */
    abstract Schema schema();

    /** Switches to Avro values of the schema with this id. */
    abstract void useAvro(int schemaId);

    @Override
    public final void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws RegistryException {
        if (format.payload() == PayloadFormat.AVRO) {
            useAvro(format.register(topic(), schema()));
        }
    }

    final long nowMillis() {
        return clock.millis();
    }

    final ProducerRecord<byte[], byte[]> record(
            String series, byte[] value, long nowMillis, long eventTimeMillis) {
        return new ProducerRecord<>(
                topic(),
                null,
                timestamp == RecordTimestamp.ISSUE_TIME ? nowMillis : eventTimeMillis,
                series.getBytes(StandardCharsets.UTF_8),
                value);
    }
}
