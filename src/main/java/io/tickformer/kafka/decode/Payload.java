package io.tickformer.kafka.decode;

/** The decoded value of a record: fields by path. */
interface Payload {
    /** What {@link #get} gives for a field that is not there. */
    Object ABSENT = new Object();

    /**
     * The field's content: null where it is null, {@link #ABSENT} where it is not there; otherwise
     * a {@link Number}, a {@link CharSequence}, a {@link Boolean}, an {@link java.time.Instant}, a
     * {@link java.time.LocalDateTime}, a {@link java.time.LocalDate}, or something else that is no
     * value.
     */
    Object get(FieldPath path);

    /** The names of its outermost fields, for messages. */
    String fieldNames();
}
