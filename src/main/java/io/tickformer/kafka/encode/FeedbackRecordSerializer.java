package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Clock;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes events of the feedback as records: scores, anomalies and the like.
 *
 * @param <T> type of the events
 */
@Internal
public final class FeedbackRecordSerializer<T> extends EventRecordSerializer<T> {
    private static final long serialVersionUID = 1L;

    private final FeedbackRecordFormat<T> kind;
    private transient AvroEventFields avro;

    public FeedbackRecordSerializer(
            FeedbackRecordFormat<T> kind,
            String topic,
            OutputFormat format,
            RecordTimestamp timestamp,
            Clock clock) {
        super(topic, format, timestamp, clock);
        this.kind = kind;
    }

    @Override
    Schema schema() {
        return kind.schema().get();
    }

    @Override
    void useAvro(int schemaId) {
        avro = new AvroEventFields(schema(), schemaId);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            T event, KafkaSinkContext context, Long eventTimeMillis) {
        byte[] value =
                avro == null
                        ? JsonEventFields.encode(event, kind.fields())
                        : avro.encode(event, kind.fields());
        return record(
                kind.series().apply(event),
                value,
                nowMillis(),
                kind.timeMillis().applyAsLong(event));
    }
}
