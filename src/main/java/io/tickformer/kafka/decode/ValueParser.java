package io.tickformer.kafka.decode;

import io.tickformer.kafka.deadletter.DeadLetterReason;
import io.tickformer.kafka.registry.MessageText;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.generic.GenericContainer;

/** Reads the measured values of a record. */
final class ValueParser {
    /** Beyond it, squares of values leave the range of a float; no measurement is that large. */
    static final double LARGEST = 1e30;

    private static final int LONGEST_NUMBER = 64;

    /** A megabyte of digits would take seconds to read as a number or to print. */
    private static final int MOST_BITS = 4096;

    private ValueParser() {}

    /** Whether a number of an Avro decimal has more digits than anything that is measured. */
    static boolean isVast(BigDecimal decimal) {
        return decimal.unscaledValue().bitLength() > MOST_BITS;
    }

    /** The value in a field's content; {@code field} names it in messages. */
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
                    "%s has more than %d bits; expected a number of a measurement"
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

    /** The number that a text holds in decimal notation, if it does. */
    static Optional<Number> number(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            // 1e999999999 would become an integer of a billion digits.
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

    /** A field's content in a message. */
    static String describe(Object content) {
        if (content == null) {
            return "null";
        }
        if (content instanceof CharSequence text) {
            return '"' + MessageText.shorten(text.toString()) + '"';
        }
        if (content instanceof BigDecimal decimal && isVast(decimal)) {
            return "a number of more than %d bits".formatted(MOST_BITS);
        }
        // What nests may be as large as the record, and deeper than it can be printed.
        if (content instanceof GenericContainer nested) {
            return "of type " + MessageText.lowerCase(nested.getSchema().getType().name());
        }
        if (content instanceof Map<?, ?> || content instanceof ByteBuffer) {
            return "of type " + (content instanceof Map<?, ?> ? "map" : "bytes");
        }
        return MessageText.shorten(content.toString());
    }
}
