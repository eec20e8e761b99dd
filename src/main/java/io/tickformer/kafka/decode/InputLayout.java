package io.tickformer.kafka.decode;

import io.tickformer.annotation.Internal;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Tells which fields of an input record hold the series key, the event time and the values.
 *
 * <p>A field is given by its path: {@code reading.celsius} is field {@code celsius} in field {@code
 * reading}. With one value field, the key is the series. With several, each field is its own
 * series, {@code key/field}. A value that is null, or absent while the record has another value, is
 * a missing reading: it gives no observation and is not an error.
 *
 * @param keyField the field with the series key, or empty for the record's Kafka key as UTF-8 text
 * @param timeField the field with the event time, or empty for the record's Kafka timestamp
 * @param timeUnit unit of an event time that is a plain number. Avro's logical types define their
 *     own unit. Text is parsed as ISO-8601, in UTC if it has no offset
 * @param valueFields the value fields; at least one
 * @param maxAhead how far an event time may be ahead of the record's Kafka timestamp and of the
 *     clock. A record beyond this bound becomes a dead letter and cannot push the watermark
 */
@Internal
public record InputLayout(
        String keyField,
        String timeField,
        EpochUnit timeUnit,
        List<String> valueFields,
        Duration maxAhead)
        implements Serializable {

    public InputLayout {
        if (valueFields.isEmpty()) {
            throw new IllegalArgumentException("there is no value field; expected at least one");
        }
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException(
                    "event times may be %s ahead; expected zero or more".formatted(maxAhead));
        }
        valueFields = List.copyOf(valueFields);
    }

    /** The layout of {@code schemas/observation.avsc}, with event times at most one hour ahead. */
    public static InputLayout ofObservations() {
        return new InputLayout(
                "series", "event_time", EpochUnit.MILLIS, List.of("value"), Duration.ofHours(1));
    }
}
