package io.tickformer.kafka.decode;

import java.util.List;

/**
 * The path of a field in nested records.
 *
 * @param text the path as written in the settings, {@code a.b}
 * @param steps the field names, outermost first
 */
record FieldPath(String text, List<String> steps) {
    static FieldPath of(String text) {
        return new FieldPath(text, List.of(text.split("\\.", -1)));
    }
}
