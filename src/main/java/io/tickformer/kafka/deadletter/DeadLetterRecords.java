package io.tickformer.kafka.deadletter;

import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.RecordSizeLimit;
import io.tickformer.kafka.sink.TopicRecords;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Dead letters as records: key, value and headers are the original's, and further headers say the
 * rest as UTF-8 text: {@code dead-letter-reason}, {@code -detail}, {@code -topic}, {@code
 * -partition}, {@code -offset}, {@code -timestamp} (milliseconds since the epoch, or -1) and {@code
 * -timestamp-type}. A header of the original whose name begins with {@code dead-letter-}, as of a
 * dead letter that was sent again, is kept under its name behind {@code original-}, so that each of
 * these names is there once.
 *
 * <p>The record's own timestamp is the time of writing: the original's may be what is wrong with
 * it. What is larger than the topic takes, which is asked for at the start, is cut: headers to the
 * first that fit, a key or value to its beginning, and {@code dead-letter-cut} says how much there
 * was; a job stuck over one bad record would be worse.
 */
public final class DeadLetterRecords extends TopicRecords<DeadLetter> {
    private static final long serialVersionUID = 1L;

    /** Headers that say why and where. */
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
     * @param topic that they are written to
     * @param connection the cluster, which is asked how large a record of the topic may be
     * @param clock tells the time of writing
     */
    public DeadLetterRecords(String topic, KafkaConnection connection, Clock clock) {
        super(topic);
        this.connection = connection;
        this.clock = clock;
    }

    /** For a topic that takes what topics take by default. */
    public DeadLetterRecords(String topic, Clock clock) {
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
