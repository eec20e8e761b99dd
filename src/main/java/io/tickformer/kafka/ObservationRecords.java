package io.tickformer.kafka;

import io.tickformer.event.Observation;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Late observations as records in the form of {@code schemas/observation.avsc}; the key is the
 * series key in UTF-8.
 */
public final class ObservationRecords extends TopicRecords<Observation> {
    private static final long serialVersionUID = 1L;

    private final OutputFormat format;
    private final RecordTimestamp timestamp;
    private final Clock clock;
    private transient int schemaId;

    public ObservationRecords(
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
            schemaId = format.register(topic(), Schemas.observation());
        }
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Observation observation, KafkaSinkContext context, Long eventTimeMillis) {
        return new ProducerRecord<>(
                topic(),
                null,
                timestamp == RecordTimestamp.ISSUE_TIME
                        ? clock.millis()
                        : observation.eventTimeMillis(),
                observation.series().getBytes(StandardCharsets.UTF_8),
                format.payload() == PayloadFormat.AVRO
                        ? ObservationCodec.avro(observation, schemaId)
                        : ObservationCodec.json(observation));
    }
}
