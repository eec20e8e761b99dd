package io.tickformer.kafka;

import io.tickformer.pulse.JobCount;
import io.tickformer.pulse.JobCounters;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes the records of the input topic inside Flink's Kafka source. A bad record becomes a dead
 * letter; only a schema registry that cannot be asked is an exception, so that the job stops and
 * reads the record again instead of losing it.
 *
 * <p>Metrics: {@link JobCount#RECORDS}, {@link JobCount#MISSING_READINGS}.
 */
public final class ObservationDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;

    private final InputLayout layout;
    private final RegistrySettings registry;
    private final Clock clock;
    private transient RecordDecoder decoder;
    private transient JobCounters counters;

    private ObservationDeserializer(InputLayout layout, RegistrySettings registry, Clock clock) {
        this.layout = Objects.requireNonNull(layout, "layout");
        this.registry = registry;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Decodes Avro records with the schemas of a registry. */
    public static ObservationDeserializer avro(
            InputLayout layout, RegistrySettings registry, Clock clock) {
        return new ObservationDeserializer(
                layout, Objects.requireNonNull(registry, "registry"), clock);
    }

    /** Decodes JSON objects. */
    public static ObservationDeserializer json(InputLayout layout, Clock clock) {
        return new ObservationDeserializer(layout, null, clock);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new RecordDecoder(layout, reader(), clock);
        counters =
                new JobCounters(
                        context.getMetricGroup(), JobCount.RECORDS, JobCount.MISSING_READINGS);
    }

    private PayloadReader reader() {
        if (registry == null) {
            return new JsonPayloadReader();
        }
        SchemaRegistryClient client = new SchemaRegistryClient(registry);
        return new AvroPayloadReader(client::schema);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out)
            throws IOException {
        counters.inc(JobCount.RECORDS);
        int missing = decoder.decode(record, out::collect);
        counters.counter(JobCount.MISSING_READINGS).inc(missing);
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return DecodedSerializer.TYPE;
    }
}
