package io.tickformer.kafka.decode;

import io.tickformer.annotation.Nullable;

/** The decoded value of a record, with access to fields by path. */
interface Payload {
    /** Returned by {@link #get} for a field that does not exist. */
    Object ABSENT = new Object();

    /**
     * Returns the content of a field: null if it is null, {@link #ABSENT} if it does not exist;
     * otherwise a {@link Number}, a {@link CharSequence}, a {@link Boolean}, an {@link
     * java.time.Instant}, a {@link java.time.LocalDateTime}, a {@link java.time.LocalDate}, or
     * another type that cannot be a value.
     */
    @Nullable
    Object get(FieldPath path);

    /** The names of the top-level fields, for messages. */
    String fieldNames();
}
