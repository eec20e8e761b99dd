package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.registry.RegistrySettings;
import io.tickformer.kafka.registry.SchemaRegistryClient;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.OperatorCounters;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes the records of the input topics in Flink's Kafka source. A bad record becomes a dead
 * letter. Only an unreachable schema registry is an exception, so that the job restarts and reads
 * the record again instead of losing it.
 *
 * <p>Metrics: {@link JobCounter#RECORDS}, {@link JobCounter#MISSING_READINGS}, {@link
 * JobCounter#DOUBTFUL_TIMES}.
 */
@Internal
public final class ObservationDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(ObservationDeserializer.class);

    /** The number of suspect records after which a warning is logged. */
    private static final int ENOUGH_DOUBTS = 10;

    private final InputLayout layout;
    private final RegistrySettings registry;
    private final Clock clock;

    /** Bad records before these offsets are skipped: they are dead letters already. */
    private final HashMap<TopicPartition, Long> judged;

    private transient RecordDecoder decoder;
    private transient OperatorCounters counters;
    private transient volatile long doubtfulEventTime;
    private transient volatile long doubtfulRecordTime;

    private ObservationDeserializer(
            InputLayout layout,
            RegistrySettings registry,
            Clock clock,
            Map<TopicPartition, Long> judged) {
        this.layout = Objects.requireNonNull(layout, "layout");
        this.registry = registry;
        this.clock = Objects.requireNonNull(clock, "clock");
        this.judged = new HashMap<>(judged);
    }

    /** Decodes Avro records with the schemas of a registry. */
    public static ObservationDeserializer avro(
            InputLayout layout, RegistrySettings registry, Clock clock) {
        return new ObservationDeserializer(
                layout, Objects.requireNonNull(registry, "registry"), clock, Map.of());
    }

    /** Decodes JSON objects. */
    public static ObservationDeserializer json(InputLayout layout, Clock clock) {
        return new ObservationDeserializer(layout, null, clock, Map.of());
    }

    /**
     * A copy for a job that re-reads records. It skips bad records before these offsets, as they
     * are dead letters already.
     */
    public ObservationDeserializer skippingBadRecordsBefore(Map<TopicPartition, Long> offsets) {
        return new ObservationDeserializer(layout, registry, clock, offsets);
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        decoder = new RecordDecoder(layout, reader(), clock);
        MetricGroup metrics = context.getMetricGroup();
        counters =
                new OperatorCounters(
                        metrics,
                        JobCounter.RECORDS,
                        JobCounter.MISSING_READINGS,
                        JobCounter.DOUBTFUL_TIMES);
        Gauge<Long> eventTime = () -> doubtfulEventTime;
        Gauge<Long> recordTime = () -> doubtfulRecordTime;
        metrics.gauge(JobGauge.DOUBTFUL_EVENT_TIME.metric(), eventTime);
        metrics.gauge(JobGauge.DOUBTFUL_RECORD_TIME.metric(), recordTime);
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
        counters.inc(JobCounter.RECORDS);
        boolean isJudged =
                !judged.isEmpty()
                        && record.offset()
                                < judged.getOrDefault(
                                        new TopicPartition(record.topic(), record.partition()),
                                        Long.MIN_VALUE);
        int missing =
                decoder.decode(
                        record,
                        decoded -> {
                            if (!isJudged || !(decoded instanceof Decoded.Rejected)) {
                                out.collect(decoded);
                            }
                        });
        counters.counter(JobCounter.MISSING_READINGS).inc(missing);
        if (decoder.doubt().isPresent()) {
            note(decoder.doubt().get());
        }
    }

    private void note(SuspectTimeUnit doubt) {
        counters.inc(doubt.fitting().fits());
        doubtfulEventTime = doubt.eventTimeMillis();
        doubtfulRecordTime = doubt.writtenMillis();
        if (counters.of(doubt.fitting().fits()) == ENOUGH_DOUBTS) {
            LOG.warn(
                    "event times such as {} are years away from the Kafka timestamps of their records, such as {}: source.time-unit is {}, but {} would fit",
                    Instant.ofEpochMilli(doubtfulEventTime),
                    Instant.ofEpochMilli(doubtfulRecordTime),
                    layout.timeUnit(),
                    doubt.fitting());
        }
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return DecodedSerializer.TYPE;
    }
}
