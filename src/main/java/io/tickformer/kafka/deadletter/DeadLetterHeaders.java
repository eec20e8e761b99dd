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
 * The headers of dead letters. Names that begin with {@code dead-letter-} are reserved. An original
 * header with such a name gets one more prefix {@code original-}, so that writing and replaying a
 * dead letter loses nothing.
 */
final class DeadLetterHeaders {
    static final String PREFIX = "dead-letter-";

    /** Header of a marker: partition and offset of the replayed letter. */
    static final String PUT_BACK = PREFIX + "put-back";

    /** Header of a replayed record: its original position, {@code topic-partition@offset}. */
    static final String REPLAYED_FROM = "replayed-from";

    /** Header of a replayed record: how often it was replayed. */
    static final String REPLAYED_TIMES = "replayed-times";

    private static final String ORIGINAL = "original-";
    private static final Pattern OURS =
            Pattern.compile("(original-)*dead-letter-.*", Pattern.DOTALL);

    private DeadLetterHeaders() {}

    /** The original headers under their names in the dead letter. */
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

    /** The original headers, from the headers of a dead letter. */
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

    /** A header with a text. */
    static OriginalHeader text(String name, String text) {
        return new OriginalHeader(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The text of the last header with a name. */
    static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** How often a record was replayed. */
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
            // Not written by this library.
            return 0;
        }
    }

    /** The headers of a replayed record. */
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

    /** Reads a dead letter from a record of the dead-letter topic; empty if it is not one. */
    static Optional<DeadLetter> letter(ConsumerRecord<byte[], byte[]> record) {
        Headers headers = record.headers();
        try {
            return Optional.of(
                    new DeadLetter(
                            DeadLetterReason.valueOf(
                                    required(headers, DeadLetterRecordSerializer.REASON)),
                            required(headers, DeadLetterRecordSerializer.DETAIL),
                            required(headers, DeadLetterRecordSerializer.TOPIC),
                            Integer.parseInt(
                                    required(headers, DeadLetterRecordSerializer.PARTITION)),
                            Long.parseLong(required(headers, DeadLetterRecordSerializer.OFFSET)),
                            Long.parseLong(required(headers, DeadLetterRecordSerializer.TIMESTAMP)),
                            text(headers, DeadLetterRecordSerializer.TIMESTAMP_TYPE)
                                    .orElse(DeadLetterRecordSerializer.NO_TIMESTAMP_TYPE),
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
