package io.tickformer.kafka.decode;

import java.util.List;

/**
 * The path of a field within nested records.
 *
 * @param text the path as it was written, {@code a.b}
 * @param steps its names, outermost first
 */
record FieldPath(String text, List<String> steps) {
    static FieldPath of(String text) {
        return new FieldPath(text, List.of(text.split("\\.", -1)));
    }
}
