package io.tickformer.kafka.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The names of headers around dead letters. Names that begin with {@code dead-letter-} are ours; an
 * original's header that has such a name is kept behind one more {@code original-}, so that the way
 * there and back loses nothing.
 */
final class DeadLetterHeaders {
    static final String PREFIX = "dead-letter-";

    /** Of a record that marks a dead letter as put back: the letter's partition and offset. */
    static final String PUT_BACK = PREFIX + "put-back";

    /** Of a record that was put back: where it stood first, {@code topic-partition@offset}. */
    static final String REPLAYED_FROM = "replayed-from";

    /** Of a record that was put back: how often so far. */
    static final String REPLAYED_TIMES = "replayed-times";

    private static final String ORIGINAL = "original-";
    private static final Pattern OURS =
            Pattern.compile("(original-)*dead-letter-.*", Pattern.DOTALL);

    private DeadLetterHeaders() {}

    /** The headers of an original under the names that they have in its dead letter. */
    static List<OriginalHeader> written(List<OriginalHeader> originals) {
        List<OriginalHeader> written = new ArrayList<>();
        for (OriginalHeader original : originals) {
            boolean clash = OURS.matcher(original.name()).matches();
            written.add(
                    clash
                            ? new OriginalHeader(ORIGINAL + original.name(), original.value())
                            : original);
        }
        return written;
    }

    /** The headers of the original of a dead letter. */
    static List<OriginalHeader> originals(Headers written) {
        List<OriginalHeader> originals = new ArrayList<>();
        for (OriginalHeader header : OriginalHeader.of(written)) {
            if (header.name().startsWith(PREFIX)) {
                continue;
            }
            boolean renamed = OURS.matcher(header.name()).matches();
            originals.add(
                    renamed
                            ? new OriginalHeader(
                                    header.name().substring(ORIGINAL.length()), header.value())
                            : header);
        }
        return originals;
    }

    /** A header as text. */
    static OriginalHeader text(String name, String text) {
        return new OriginalHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of the last header of a name. */
    static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** How often a record was put back. */
    static int replays(List<OriginalHeader> headers) {
        int replays = 0;
        for (OriginalHeader header : headers) {
            if (header.name().equals(REPLAYED_TIMES) && header.value() != null) {
                replays = count(new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return replays;
    }

    private static int count(String text) {
        try {
            return Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException e) {
            // Written by others.
            return 0;
        }
    }

    /** The headers of a record that is put back. */
    static List<OriginalHeader> putBack(DeadLetter letter) {
        List<OriginalHeader> headers = new ArrayList<>();
        OriginalHeader from =
                text(
                        REPLAYED_FROM,
                        "%s-%d@%d".formatted(letter.topic(), letter.partition(), letter.offset()));
        for (OriginalHeader header : letter.headers()) {
            if (header.name().equals(REPLAYED_FROM)) {
                from = header;
            } else if (!header.name().equals(REPLAYED_TIMES)) {
                headers.add(header);
            }
        }
        headers.add(from);
        headers.add(text(REPLAYED_TIMES, Integer.toString(replays(letter.headers()) + 1)));
        return headers;
    }

    /** The dead letter that a record of their topic is, if it is one. */
    static Optional<DeadLetter> letter(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        try {
            return Optional.of(
                    new DeadLetter(
                            DeadLetterReason.valueOf(required(headers, DeadLetterRecords.REASON)),
                            required(headers, DeadLetterRecords.DETAIL),
                            required(headers, DeadLetterRecords.TOPIC),
                            Integer.parseInt(required(headers, DeadLetterRecords.PARTITION)),
                            Long.parseLong(required(headers, DeadLetterRecords.OFFSET)),
                            Long.parseLong(required(headers, DeadLetterRecords.TIMESTAMP)),
                            text(headers, DeadLetterRecords.TIMESTAMP_TYPE)
                                    .orElse(DeadLetterRecords.NO_TIMESTAMP_TYPE),
                            record.key(),
                            record.value(),
                            originals(headers)));
        } catch (IllegalArgumentException e) {
            // Anyone may write to a topic.
            return Optional.empty();
        }
    }

    private static String required(Headers headers, String name) {
        return text(headers, name)
                .orElseThrow(() -> new IllegalArgumentException("no header " + name));
    }
}
