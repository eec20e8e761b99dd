package io.tickformer.kafka.decode;

import static io.tickformer.kafka.deadletter.DeadLetterReason.IMPOSSIBLE_TIME;
import static io.tickformer.kafka.deadletter.DeadLetterReason.KEY_TOO_LONG;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_KEY;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_TIME;
import static io.tickformer.kafka.deadletter.DeadLetterReason.NO_VALUE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.TOO_FAR_AHEAD;
import static io.tickformer.kafka.deadletter.DeadLetterReason.UNDECODABLE;
import static io.tickformer.kafka.deadletter.DeadLetterReason.UNKNOWN_SCHEMA;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Observation;
import io.tickformer.kafka.deadletter.DeadLetter;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.deadletter.OriginalHeader;
import io.tickformer.kafka.registry.RegistryException;
import io.tickformer.kafka.registry.UndecodableException;
import io.tickformer.kafka.registry.UnknownSchemaException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes the records of a topic to observations, or to dead letters if they are malformed or
 * impossible. Not thread-safe.
 *
 * <p>An event time is compared with both the record's Kafka timestamp and the clock. The timestamp
 * gives the same result when the topic is read again years later. The clock detects producers whose
 * Kafka timestamps come from a clock as wrong as the event times.
 */
@Internal
public final class RecordDecoder {
    private static final int LONGEST_KEY = 1000;

    /** The details become one header, and a record may have hundreds of values. */
    private static final int DETAILS_AT_MOST = 10;

    private final InputLayout layout;
    private final PayloadReader reader;
    private final Clock clock;

    /**
     * The latest time of the clock. A clock that is set back would otherwise put the present into
     * the future.
     */
    private long now = Long.MIN_VALUE;

    // Of the last decoded record; almost always empty, and then without an allocation.
    private Optional<SuspectTimeUnit> doubt = Optional.empty();

    private final EventTimeParser times;
    private final FieldPath keyField;
    private final FieldPath timeField;
    private final List<FieldPath> valueFields = new ArrayList<>();

    public RecordDecoder(InputLayout layout, PayloadReader reader, Clock clock) {
        this.layout = layout;
        this.reader = reader;
        this.clock = clock;
        this.times = new EventTimeParser(layout.timeUnit());
        this.keyField = FieldPath.of(layout.keyField());
        this.timeField = FieldPath.of(layout.timeField());
        for (String field : layout.valueFields()) {
            valueFields.add(FieldPath.of(field));
        }
    }

    /**
     * Decodes one record.
     *
     * @param record the record
     * @param out receives its observations, in the order of the value fields, and then at most one
     *     dead letter
     * @return the number of missing readings in the record
     * @throws RegistryException if a request to the schema registry fails
     */
    public int decode(ConsumerRecord<byte[], byte[]> record, Consumer<Decoded> out)
            throws RegistryException {
        doubt = Optional.empty();
        try {
            Payload payload = payload(record.value());
            String key = key(record, payload);
            long time = time(record, payload);
            return values(record, payload, key, time, out);
        } catch (RejectedException e) {
            reject(record, e.reason(), e.getMessage(), out);
            return 0;
        }
    }

    private Payload payload(byte[] value) throws RejectedException, RegistryException {
        if (value == null) {
            throw new RejectedException(NO_VALUE, "the record has no value; it is a tombstone");
        }
        try {
            return reader.read(value);
        } catch (UndecodableException e) {
            throw new RejectedException(UNDECODABLE, e.getMessage());
        } catch (UnknownSchemaException e) {
            throw new RejectedException(UNKNOWN_SCHEMA, e.getMessage());
        }
    }

    private String key(ConsumerRecord<byte[], byte[]> record, Payload payload)
            throws RejectedException {
        String key = layout.keyField().isEmpty() ? kafkaKey(record.key()) : fieldKey(payload);
        if (key.isBlank()) {
            throw new RejectedException(NO_KEY, "the series key is blank");
        }
        if (!isUnicode(key)) {
            throw new RejectedException(
                    NO_KEY,
                    "the series key contains half a surrogate pair; it is not Unicode text");
        }
        if (key.length() > LONGEST_KEY) {
            throw new RejectedException(
                    KEY_TOO_LONG,
                    "the series key has %d characters; expected at most %d"
                            .formatted(key.length(), LONGEST_KEY));
        }
        return key;
    }

    /** Returns whether each surrogate is part of a pair. */
    private static boolean isUnicode(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (Character.isSurrogate(key.charAt(i))) {
                // This is rare, so the slow check is good enough.
                return StandardCharsets.UTF_8.newEncoder().canEncode(key);
            }
        }
        return true;
    }

    private static String kafkaKey(byte[] key) throws RejectedException {
        if (key == null) {
            throw new RejectedException(NO_KEY, "the record has no Kafka key");
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException e) {
            throw new RejectedException(NO_KEY, "the record's Kafka key is not UTF-8 text");
        }
    }

    private String fieldKey(Payload payload) throws RejectedException {
        Object content = payload.get(keyField);
        if (content == Payload.ABSENT) {
            throw new RejectedException(NO_KEY, absent(keyField, payload));
        }
        if (content instanceof BigDecimal decimal && ValueParser.isVast(decimal)) {
            throw new RejectedException(
                    KEY_TOO_LONG,
                    "%s is %s".formatted(keyField.text(), ValueParser.describe(content)));
        }
        if (content instanceof CharSequence || content instanceof Number) {
            return content.toString();
        }
        throw new RejectedException(
                NO_KEY,
                "%s is %s; expected text or a number"
                        .formatted(keyField.text(), ValueParser.describe(content)));
    }

    private long time(ConsumerRecord<byte[], byte[]> record, Payload payload)
            throws RejectedException {
        now = Math.max(now, clock.millis());
        long known = record.timestamp() < 0 ? now : Math.min(record.timestamp(), now);
        long time = layout.timeField().isEmpty() ? kafkaTime(record) : fieldTime(payload, known);
        if (time - known > layout.maxAhead().toMillis()) {
            throw new RejectedException(
                    TOO_FAR_AHEAD,
                    "the event time %s is more than %s ahead of %s, when the record was written"
                            .formatted(
                                    Instant.ofEpochMilli(time),
                                    layout.maxAhead(),
                                    Instant.ofEpochMilli(known)));
        }
        return time;
    }

    private static long kafkaTime(ConsumerRecord<byte[], byte[]> record) throws RejectedException {
        if (record.timestamp() == ConsumerRecord.NO_TIMESTAMP) {
            throw new RejectedException(NO_TIME, "the record has no Kafka timestamp");
        }
        if (record.timestamp() < 0 || record.timestamp() > EventTimeParser.LATEST) {
            throw new RejectedException(
                    IMPOSSIBLE_TIME, "the record's Kafka timestamp is " + record.timestamp());
        }
        return record.timestamp();
    }

    private long fieldTime(Payload payload, long known) throws RejectedException {
        Object content = payload.get(timeField);
        if (content == Payload.ABSENT) {
            throw new RejectedException(NO_TIME, absent(timeField, payload));
        }
        try {
            long time = times.millis(timeField.text(), content);
            if (SuspectTimeUnit.isWorthALook(time, known)
                    || SuspectTimeUnit.isWorthALook(time, now)) {
                doubt = doubt(content, known);
            }
            return time;
        } catch (RejectedException e) {
            doubt = doubt(content, known);
            throw e;
        }
    }

    /** Checks whether another unit fits the record's Kafka timestamp or the clock. */
    private Optional<SuspectTimeUnit> doubt(Object content, long known) {
        OptionalDouble number = EventTimeParser.number(content);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        return SuspectTimeUnit.about(number.getAsDouble(), layout.timeUnit(), known)
                .or(() -> SuspectTimeUnit.about(number.getAsDouble(), layout.timeUnit(), now));
    }

    /** The suspicion that the time unit of the last decoded record is wrong, if any. */
    Optional<SuspectTimeUnit> doubt() {
        return doubt;
    }

    /**
     * The unit in which the event time of the last decoded record would be plausible, if it is not
     * in the configured one.
     */
    public Optional<EpochUnit> fittingUnit() {
        return doubt.map(SuspectTimeUnit::fitting);
    }

    private int values(
            ConsumerRecord<byte[], byte[]> record,
            Payload payload,
            String key,
            long time,
            Consumer<Decoded> out)
            throws RejectedException {
        int missing = 0;
        int absent = 0;
        List<RejectedException> bad = new ArrayList<>(0);
        for (FieldPath field : valueFields) {
            Object content = payload.get(field);
            if (content == null || content == Payload.ABSENT) {
                missing++;
                absent += content == null ? 0 : 1;
                continue;
            }
            try {
                double value = ValueParser.finite(field.text(), content);
                String series = valueFields.size() == 1 ? key : key + '/' + field.text();
                out.accept(
                        new Decoded.Observed(
                                new Observation(series, time, value), record.timestamp()));
            } catch (RejectedException e) {
                bad.add(e);
            }
        }
        if (absent == valueFields.size()) {
            throw new RejectedException(NO_VALUE, absent(valueFields.get(0), payload));
        }
        if (!bad.isEmpty()) {
            reject(record, bad.get(0).reason(), details(bad), out);
        }
        return missing;
    }

    private static String details(List<RejectedException> bad) {
        StringBuilder details = new StringBuilder();
        for (RejectedException e : bad.subList(0, Math.min(DETAILS_AT_MOST, bad.size()))) {
            details.append(details.isEmpty() ? "" : "; ").append(e.getMessage());
        }
        if (bad.size() > DETAILS_AT_MOST) {
            details.append("; and %d more".formatted(bad.size() - DETAILS_AT_MOST));
        }
        return details.toString();
    }

    private static String absent(FieldPath field, Payload payload) {
        return "there is no field %s; the record has %s"
                .formatted(field.text(), payload.fieldNames());
    }

    private static void reject(
            ConsumerRecord<byte[], byte[]> record,
            DeadLetterReason reason,
            String detail,
            Consumer<Decoded> out) {
        out.accept(
                new Decoded.Rejected(
                        new DeadLetter(
                                reason,
                                detail,
                                record.topic(),
                                record.partition(),
                                record.offset(),
                                record.timestamp(),
                                record.timestampType().name,
                                record.key(),
                                record.value(),
                                OriginalHeader.of(record.headers()))));
    }
}
