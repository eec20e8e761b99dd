package io.tickformer.kafka.decode;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which fields of an input record are the series key, the event time and the values.
 *
 * <p>A field is named by its path, {@code reading.celsius} for field {@code celsius} within field
 * {@code reading}. With one value field the series is the key; with several, each is a series of
 * its own, {@code key/field}. A value field that is null, or absent while another one is there, is
 * a missing reading: it makes no observation and is no error, and the record's other values count.
 *
 * @param keyField the field with the series key, or empty for the record's Kafka key as UTF-8 text
 * @param timeField the field with the event time, or empty for the record's Kafka timestamp
 * @param timeUnit unit of an event time that is a plain number; Avro's logical types say their own,
 *     and text is read as ISO-8601, in UTC where it names no offset
 * @param valueFields the fields with values; at least one
 * @param maxAhead how far an event time may lie ahead of the record's Kafka timestamp and of the
 *     clock; beyond it the record is a dead letter, so that it cannot push the watermark
 */
public record InputLayout(
        String keyField,
        String timeField,
        EpochUnit timeUnit,
        List<String> valueFields,
        Duration maxAhead)
        implements Serializable {

    public InputLayout {
        if (valueFields.isEmpty()) {
            throw new IllegalArgumentException(
                    "no value field is named; expected at least one to forecast");
        }
        if (maxAhead.isNegative()) {
            throw new IllegalArgumentException(
                    "event times may lie %s ahead; expected zero or more".formatted(maxAhead));
        }
        valueFields = List.copyOf(valueFields);
    }

    /** The layout of {@code schemas/observation.avsc}, with an hour ahead at most. */
    public static InputLayout ofObservations() {
        return new InputLayout(
                "series", "event_time", EpochUnit.MILLIS, List.of("value"), Duration.ofHours(1));
    }
}
