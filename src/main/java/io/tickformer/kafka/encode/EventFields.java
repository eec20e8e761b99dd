package io.tickformer.kafka.encode;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Takes the fields of an event in the order of its schema and writes them in one form. So a kind of
 * event says once what its fields are, and has both an Avro and a JSON form.
 */
interface EventFields {
    void text(String name, String value);

    void whole(String name, long value);

    void flag(String name, boolean value);

    /** A number that is always there. */
    void number(String name, double value);

    /** A number that may be missing: NaN and infinities are null. */
    void optional(String name, double value);

    void numbers(String name, double[] values);

    /** A constant of an enum, by its name. */
    void symbol(String name, Enum<?> value);

    /** Numbers by name. */
    void numbers(String name, Map<String, Double> values);

    /** Records with fields of their own. */
    <T> void list(String name, List<T> items, BiConsumer<T, EventFields> fields);
}
