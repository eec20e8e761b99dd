package io.tickformer.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Dead letters as records: key and value are the original's bytes, and headers say the rest as
 * UTF-8 text: {@code dead-letter-reason}, {@code -detail}, {@code -topic}, {@code -partition},
 * {@code -offset} and {@code -timestamp} (milliseconds since the epoch, or -1).
 *
 * <p>The record's own timestamp is the time of writing: the original's may be what is wrong with
 * it. A key or value too large to be written again beside its headers is cut, and header {@code
 * dead-letter-cut} gives the original lengths; a job stuck over one bad record would be worse.
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
    public static final String CUT = "dead-letter-cut";

    // A broker takes one mebibyte by default.
    private static final int LONGEST_KEY = 64 * 1024;
    private static final int LONGEST_VALUE = 900 * 1024;

    private final Clock clock;

    public DeadLetterRecords(String topic, Clock clock) {
        super(topic);
        this.clock = clock;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long eventTimeMillis) {
        byte[] key = cut(letter.key(), LONGEST_KEY);
        byte[] value = cut(letter.value(), LONGEST_VALUE);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic(), null, clock.millis(), key, value);
        Headers headers = record.headers();
        add(headers, REASON, letter.reason().name());
        add(headers, DETAIL, letter.detail());
        add(headers, TOPIC, letter.topic());
        add(headers, PARTITION, Integer.toString(letter.partition()));
        add(headers, OFFSET, Long.toString(letter.offset()));
        add(headers, TIMESTAMP, Long.toString(letter.timestampMillis()));
        if (length(key) != length(letter.key()) || length(value) != length(letter.value())) {
            add(
                    headers,
                    CUT,
                    "the key had %d bytes, the value %d"
                            .formatted(length(letter.key()), length(letter.value())));
        }
        return record;
    }

    private static byte[] cut(byte[] bytes, int longest) {
        return length(bytes) <= longest ? bytes : Arrays.copyOf(bytes, longest);
    }

    private static int length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static void add(Headers headers, String name, String text) {
        headers.add(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
