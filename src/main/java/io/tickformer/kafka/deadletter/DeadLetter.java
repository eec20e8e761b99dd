package io.tickformer.kafka.deadletter;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A record that could not be decoded, unchanged, and the reason.
 *
 * @param reason the reason, for programs
 * @param detail the reason, for people: what was found and what was expected
 * @param topic topic of the record
 * @param partition partition of the record
 * @param offset offset of the record
 * @param timestampMillis its Kafka timestamp, or -1 if it has none
 * @param timestampType type of that timestamp, by Kafka's name: CreateTime, LogAppendTime or
 *     NoTimestampType
 * @param key the bytes of its key, or null
 * @param value the bytes of its value, or null
 * @param headers its headers in order
 */
@Internal
public record DeadLetter(
        DeadLetterReason reason,
        String detail,
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        String timestampType,
        @Nullable byte[] key,
        @Nullable byte[] value,
        List<OriginalHeader> headers) {

    public DeadLetter {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(timestampType, "timestampType");
        headers = List.copyOf(headers);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeadLetter that
                && reason == that.reason
                && detail.equals(that.detail)
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && timestampMillis == that.timestampMillis
                && timestampType.equals(that.timestampType)
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, offset);
    }

    @Override
    public String toString() {
        return "DeadLetter[%s: %s, from %s-%d offset %d]"
                .formatted(reason, detail, topic, partition, offset);
    }
}
