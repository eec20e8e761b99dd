package io.tickformer.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Dead letters as records: key, value and headers are the original's, and further headers say the
 * rest as UTF-8 text: {@code dead-letter-reason}, {@code -detail}, {@code -topic}, {@code
 * -partition}, {@code -offset} and {@code -timestamp} (milliseconds since the epoch, or -1). A
 * header of the original whose name begins with {@code dead-letter-}, as of a dead letter that was
 * sent again, is kept under its name behind {@code original-}, so that each of these names is there
 * once.
 *
 * <p>The record's own timestamp is the time of writing: the original's may be what is wrong with
 * it. What is too large to be written again is cut: a key or value to its beginning, headers to the
 * first that fit, and {@code dead-letter-cut} says how much there was; a job stuck over one bad
 * record would be worse.
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

    private static final String PREFIX = "dead-letter-";
    private static final String ORIGINAL = "original-";

    // A broker takes one mebibyte by default; what these leave is for the headers of our own.
    private static final int LONGEST_KEY = 64 * 1024;
    private static final int LONGEST_VALUE = 880 * 1024;
    private static final int LONGEST_HEADERS = 48 * 1024;

    // The lengths of name and value, as variable-length integers.
    private static final int HEADER_BYTES = 10;

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
        int copied = copy(letter.headers(), headers);
        add(headers, REASON, letter.reason().name());
        add(headers, DETAIL, letter.detail());
        add(headers, TOPIC, letter.topic());
        add(headers, PARTITION, Integer.toString(letter.partition()));
        add(headers, OFFSET, Long.toString(letter.offset()));
        add(headers, TIMESTAMP, Long.toString(letter.timestampMillis()));
        if (length(key) != length(letter.key())
                || length(value) != length(letter.value())
                || copied < letter.headers().size()) {
            add(
                    headers,
                    CUT,
                    "the key had %d bytes, the value %d, and there were %d headers"
                            .formatted(
                                    length(letter.key()),
                                    length(letter.value()),
                                    letter.headers().size()));
        }
        return record;
    }

    /** Copies the first headers, as many as fit, and gives their number. */
    private static int copy(List<OriginalHeader> originals, Headers headers) {
        int copied = 0;
        int bytes = 0;
        for (OriginalHeader original : originals) {
            String name =
                    original.name().startsWith(PREFIX)
                            ? ORIGINAL + original.name()
                            : original.name();
            bytes += HEADER_BYTES + name.getBytes(StandardCharsets.UTF_8).length;
            bytes += length(original.value());
            if (bytes > LONGEST_HEADERS) {
                break;
            }
            headers.add(name, original.value());
            copied++;
        }
        return copied;
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
