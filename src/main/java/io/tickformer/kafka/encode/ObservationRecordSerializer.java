package io.tickformer.kafka.encode;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.registry.OutputFormat;
import io.tickformer.kafka.registry.Schemas;
import io.tickformer.kafka.sink.RecordTimestamp;
import java.time.Clock;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes observations, late ones for example, as records in the format of {@code
 * schemas/observation.avsc}.
 */
@Internal
public final class ObservationRecordSerializer extends EventRecordSerializer<Observation> {
    private static final long serialVersionUID = 1L;

    private transient Integer schemaId;

    public ObservationRecordSerializer(
            String topic, OutputFormat format, RecordTimestamp timestamp, Clock clock) {
        super(topic, format, timestamp, clock);
    }

    @Override
    Schema schema() {
        return Schemas.observation();
    }

    @Override
    void useAvro(int registered) {
        schemaId = registered;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Observation observation, KafkaSinkContext context, Long eventTimeMillis) {
        byte[] value =
                schemaId == null
                        ? ObservationCodec.json(observation)
                        : ObservationCodec.avro(observation, schemaId);
        return record(observation.series(), value, nowMillis(), observation.eventTimeMillis());
    }
}
