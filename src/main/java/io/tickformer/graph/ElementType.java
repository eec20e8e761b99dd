package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/** What a tensor holds. */
@Internal
public enum ElementType {
    FLOAT("float", Float.BYTES),
    DOUBLE("double", Double.BYTES),
    INT32("int32", Integer.BYTES),
    INT64("int64", Long.BYTES),
    BOOL("bool", 1);

    private final String label;
    private final int bytes;

    ElementType(String label, int bytes) {
        this.label = label;
        this.bytes = bytes;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are real numbers. */
    public boolean isFloating() {
        return this == FLOAT || this == DOUBLE;
    }

    @Override
    public String toString() {
        return label;
    }
}
