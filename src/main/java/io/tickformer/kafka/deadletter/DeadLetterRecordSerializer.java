package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.RecordSizeLimit;
import io.tickformer.kafka.sink.TopicRecordSerializer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes dead letters as records. Key, value and headers are those of the original record. Further
 * headers describe it as UTF-8 text: {@code dead-letter-reason}, {@code -detail}, {@code -topic},
 * {@code -partition}, {@code -offset}, {@code -timestamp} (milliseconds since the epoch, or -1) and
 * {@code -timestamp-type}. An original header whose name begins with {@code dead-letter-}, for
 * example of a dead letter that was sent again, gets the prefix {@code original-}, so that each of
 * these names is unique.
 *
 * <p>The timestamp of the record is the time of writing, as the original timestamp may be wrong. A
 * record larger than the topic's limit, which is read at the start, is truncated: key and value
 * keep their beginnings, and only the first headers are kept. The header {@code dead-letter-cut}
 * tells the original sizes. Otherwise one bad record could block the job.
 */
@Internal
public final class DeadLetterRecordSerializer extends TopicRecordSerializer<DeadLetter> {
    private static final long serialVersionUID = 1L;

    /** Headers with the reason and the origin. */
    public static final String REASON = "dead-letter-reason";

    public static final String DETAIL = "dead-letter-detail";
    public static final String TOPIC = "dead-letter-topic";
    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";
    public static final String TIMESTAMP = "dead-letter-timestamp";
    public static final String TIMESTAMP_TYPE = "dead-letter-timestamp-type";
    public static final String CUT = "dead-letter-cut";

    static final String NO_TIMESTAMP_TYPE = "NoTimestampType";

    private final KafkaConnection connection;
    private final Clock clock;
    private transient int limit;

    /**
     * @param topic the dead-letter topic
     * @param connection the cluster, to read the topic's record size limit from
     * @param clock clock for the time of writing
     */
    public DeadLetterRecordSerializer(String topic, KafkaConnection connection, Clock clock) {
        super(topic);
        this.connection = connection;
        this.clock = clock;
    }

    /** For a topic with Kafka's default record size limit. */
    public DeadLetterRecordSerializer(String topic, Clock clock) {
        this(topic, null, clock);
    }

    @Override
    protected Map<String, String> producerProperties() {
        return RecordSizeLimit.producerProperties();
    }

    @Override
    public void open(
            SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
            throws IOException {
        limit =
                connection == null
                        ? RecordSizeLimit.DEFAULT
                        : RecordSizeLimit.of(connection, topic(), RecordSizeLimit.LARGEST_REQUEST);
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long eventTimeMillis) {
        return record(letter, limit == 0 ? RecordSizeLimit.DEFAULT : limit);
    }

    ProducerRecord<byte[], byte[]> record(DeadLetter letter, int largest) {
        List<OriginalHeader> own = new ArrayList<>();
        own.add(DeadLetterHeaders.text(REASON, letter.reason().name()));
        own.add(DeadLetterHeaders.text(DETAIL, letter.detail()));
        own.add(DeadLetterHeaders.text(TOPIC, letter.topic()));
        own.add(DeadLetterHeaders.text(PARTITION, Integer.toString(letter.partition())));
        own.add(DeadLetterHeaders.text(OFFSET, Long.toString(letter.offset())));
        own.add(DeadLetterHeaders.text(TIMESTAMP, Long.toString(letter.timestampMillis())));
        own.add(DeadLetterHeaders.text(TIMESTAMP_TYPE, letter.timestampType()));
        List<OriginalHeader> originals = DeadLetterHeaders.written(letter.headers());
        TruncatedDeadLetter fitted = TruncatedDeadLetter.of(letter, originals, own, largest);
        if (!fitted.whole()) {
            own.add(
                    DeadLetterHeaders.text(
                            CUT,
                            "the key had %d bytes, the value %d, and there were %d headers"
                                    .formatted(
                                            TruncatedDeadLetter.length(letter.key()),
                                            TruncatedDeadLetter.length(letter.value()),
                                            letter.headers().size())));
            fitted = TruncatedDeadLetter.of(letter, originals, own, largest);
        }
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic(), null, clock.millis(), fitted.key(), fitted.value());
        fitted.headers().forEach(header -> record.headers().add(header.name(), header.value()));
        own.forEach(header -> record.headers().add(header.name(), header.value()));
        return record;
    }
}
