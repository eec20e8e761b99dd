package io.tickformer.kafka.deadletter;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A record that is no observation, as it was read, and why.
 *
 * @param reason why, for programs
 * @param detail why, for people: what was found and what was expected
 * @param topic topic that it was read from
 * @param partition partition that it was read from
 * @param offset its offset there
 * @param timestampMillis its Kafka timestamp, or -1 where it has none
 * @param timestampType what that timestamp is, by Kafka's name: CreateTime, LogAppendTime or
 *     NoTimestampType
 * @param key its key's bytes, or null
 * @param value its value's bytes, or null
 * @param headers its headers, in their order
 */
public record DeadLetter(
        DeadLetterReason reason,
        String detail,
        String topic,
        int partition,
        long offset,
        long timestampMillis,
        String timestampType,
        byte[] key,
        byte[] value,
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
