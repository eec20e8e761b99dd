package io.tickformer.kafka.decode;

import io.tickformer.kafka.ErrorText;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import java.util.OptionalDouble;

/** Parses the event time of a record, in any supported format, to milliseconds since the epoch. */
final class EventTimeParser {
    /** The end of the year 9999. Tick arithmetic up to here cannot overflow 64 bits. */
    static final long LATEST = 253_402_300_799_999L;

    private static final int DATE_LENGTH = "2016-07-01".length();
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffset("+HH:MM", "Z")
                    .optionalEnd()
                    .optionalStart()
                    .appendOffset("+HHMM", "Z")
                    .optionalEnd()
                    .optionalEnd()
                    .toFormatter();

    private final EpochUnit unit;

    EventTimeParser(EpochUnit unit) {
        this.unit = unit;
    }

    /** Parses the content of a field; {@code field} is its name for messages. */
    long millis(String field, Object content) throws RejectedException {
        long millis;
        try {
            millis = toMillis(field, content);
        } catch (ArithmeticException e) {
            throw impossible(field, content);
        }
        if (millis < 0 || millis > LATEST) {
            throw impossible(field, content);
        }
        return millis;
    }

    /** Returns a content that is a number or text with a number; empty for other times. */
    static OptionalDouble number(Object content) {
        if (content instanceof Number number) {
            return OptionalDouble.of(number.doubleValue());
        }
        if (content instanceof CharSequence text) {
            Optional<Number> number = ValueParser.number(text.toString().strip());
            return number.isPresent()
                    ? OptionalDouble.of(number.get().doubleValue())
                    : OptionalDouble.empty();
        }
        return OptionalDouble.empty();
    }

    private long toMillis(String field, Object content) throws RejectedException {
        if (content instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (content instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (content instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (content instanceof Number number) {
            return fromNumber(number);
        }
        if (content instanceof CharSequence text) {
            return fromText(field, text.toString().strip());
        }
        throw new RejectedException(
                DeadLetterReason.NO_TIME,
                "%s is %s; expected a time".formatted(field, ValueParser.describe(content)));
    }

    private long fromNumber(Number number) {
        if (number instanceof Long || number instanceof Integer) {
            return unit.toMillis(number.longValue());
        }
        if (number instanceof BigInteger integer) {
            return unit.toMillis(integer.longValueExact());
        }
        if (number instanceof BigDecimal decimal && ValueParser.isVast(decimal)) {
            throw new ArithmeticException("no time has so many digits");
        }
        double millis = unit.toMillis(number.doubleValue());
        if (!(Math.abs(millis) < Long.MAX_VALUE)) {
            throw new ArithmeticException("no time has so many milliseconds");
        }
        return (long) millis;
    }

    private long fromText(String field, String text) throws RejectedException {
        try {
            // Databases put a space between date and time.
            String iso =
                    text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' '
                            ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1)
                            : text;
            TemporalAccessor time =
                    ISO.parseBest(iso, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return time instanceof OffsetDateTime offset
                    ? offset.toInstant().toEpochMilli()
                    : toMillis(field, time);
        } catch (DateTimeException e) {
            return fromNumber(
                    ValueParser.number(text)
                            .orElseThrow(
                                    () ->
                                            new RejectedException(
                                                    DeadLetterReason.NO_TIME,
                                                    "%s is \"%s\"; expected an ISO-8601 time, or %s since 1970"
                                                            .formatted(
                                                                    field,
                                                                    ErrorText.shorten(text),
                                                                    ErrorText.lowerCase(
                                                                            unit.name())))));
        }
    }

    private static RejectedException impossible(String field, Object content) {
        return new RejectedException(
                DeadLetterReason.IMPOSSIBLE_TIME,
                "%s is %s; expected a time from 1970 to 9999 (is the unit of time right?)"
                        .formatted(field, ValueParser.describe(content)));
    }

    /** Keeps the exact value of a number, so that epoch nanoseconds lose no digit. */
    static Number exact(BigDecimal decimal) {
        return decimal.scale() <= 0 ? decimal.toBigInteger() : decimal;
    }
}
