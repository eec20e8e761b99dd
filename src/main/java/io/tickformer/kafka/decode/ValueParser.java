package io.tickformer.kafka.decode;

import io.tickformer.kafka.ErrorText;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericContainer;

/** Parses the measured values of a record. */
final class ValueParser {
    /**
     * The largest magnitude of a value. Squares of larger values overflow a float, and no
     * measurement is that large.
     */
    static final double LARGEST = 1e30;

    private static final int LONGEST_NUMBER = 64;

    /** A number with a megabyte of digits would take seconds to parse or print. */
    private static final int MOST_BITS = 4096;

    private ValueParser() {}

    /** Returns whether an Avro decimal has more digits than any measurement. */
    static boolean isVast(BigDecimal decimal) {
        return decimal.unscaledValue().bitLength() > MOST_BITS;
    }

    /** Parses the content of a field; {@code field} is its name for messages. */
    static double finite(String field, Object content) throws RejectedException {
        double value = toDouble(field, content);
        if (!Double.isFinite(value)) {
            throw new RejectedException(
                    DeadLetterReason.NOT_FINITE,
                    "%s is %s; expected a finite number".formatted(field, value));
        }
        if (Math.abs(value) > LARGEST) {
            throw new RejectedException(
                    DeadLetterReason.OUT_OF_RANGE,
                    "%s is %s; expected a magnitude of at most %s"
                            .formatted(field, value, LARGEST));
        }
        return value;
    }

    private static double toDouble(String field, Object content) throws RejectedException {
        if (content instanceof BigDecimal decimal && isVast(decimal)) {
            throw new RejectedException(
                    DeadLetterReason.OUT_OF_RANGE,
                    "%s has more than %d bits; expected a measured number"
                            .formatted(field, MOST_BITS));
        }
        if (content instanceof Number number) {
            return number.doubleValue();
        }
        if (content instanceof CharSequence sequence) {
            String text = sequence.toString().strip();
            Optional<Double> special = notFinite(text);
            if (special.isPresent()) {
                return special.get();
            }
            Optional<Number> number = number(text);
            if (number.isPresent()) {
                return number.get().doubleValue();
            }
        }
        throw new RejectedException(
                DeadLetterReason.NOT_NUMERIC,
                "%s is %s; expected a number".formatted(field, describe(content)));
    }

    /** Parses a text in decimal notation; empty if it is not a number. */
    static Optional<Number> number(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            // 1e999999999 would become an integer with a billion digits.
            return Math.abs((long) decimal.scale()) > 1000
                    ? Optional.of(Double.parseDouble(text))
                    : Optional.of(EventTimeParser.exact(decimal));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> notFinite(String text) {
        return switch (text) {
            case "NaN", "nan", "NAN" -> Optional.of(Double.NaN);
            case "Infinity", "+Infinity", "inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Infinity", "-inf", "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> Optional.empty();
        };
    }

    /** Describes the content of a field for a message. */
    static String describe(Object content) {
        if (content == null) {
            return "null";
        }
        if (content instanceof CharSequence text) {
            return '"' + ErrorText.shorten(text.toString()) + '"';
        }
        if (content instanceof BigDecimal decimal && isVast(decimal)) {
            return "a number of more than %d bits".formatted(MOST_BITS);
        }
        // Nested content may be as large as the record, and too deep to print.
        if (content instanceof GenericContainer nested) {
            return "of type " + ErrorText.lowerCase(nested.getSchema().getType().name());
        }
        if (content instanceof Map<?, ?> || content instanceof ByteBuffer) {
            return "of type " + (content instanceof Map<?, ?> ? "map" : "bytes");
        }
        return ErrorText.shorten(content.toString());
    }
}
