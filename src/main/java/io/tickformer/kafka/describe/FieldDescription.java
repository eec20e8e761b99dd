package io.tickformer.kafka.describe;

import io.tickformer.annotation.Internal;

/**
 * A field or a header of a record.
 *
 * @param name its name; a field of the items of an array has the array's name and brackets before
 *     it, such as {@code steps[].step}
 * @param type its type, in words
 * @param meaning what it holds, in sentences
 */
@Internal
public record FieldDescription(String name, String type, String meaning) {}
