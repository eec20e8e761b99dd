package io.tickformer.kafka.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * From where a job reads its topics when it starts again without a savepoint: far enough before the
 * committed offsets to fill its contexts. It is planned by the Kafka timestamps of records. An
 * event time lies at or before the Kafka timestamp of its record, so to go back by Kafka timestamps
 * reaches at least as far as the same way in event time; it reaches further where a topic's past
 * was written in one go.
 *
 * @param starts first offset that is read, for each partition that was read before
 * @param committed first offset that was not read before, for each of them
 * @param records offsets between the two, in all partitions
 * @param span longest way back of a partition, by Kafka timestamps
 * @param held how much of the past the topics still hold where it is less than what contexts need
 * @param partialBefore event time from which on ticks are read whole, in milliseconds; a tick that
 *     begins before it may lack readings. {@link Long#MIN_VALUE} where all that ever was is read
 */
public record RewindPlan(
        Map<TopicPartition, Long> starts,
        Map<TopicPartition, Long> committed,
        long records,
        Duration span,
        Optional<Duration> held,
        long partialBefore) {

    /**
     * What a partition that was read before holds of it.
     *
     * @param beginning the oldest offset it still has
     * @param committed the first offset that was not read
     * @param newestMillis Kafka timestamp of the newest records that were read; {@link #UNKNOWN}
     *     where there is none any more
     * @param oldestMillis Kafka timestamp of the oldest record it still has, or {@link #UNKNOWN}
     */
    record Past(long beginning, long committed, long newestMillis, long oldestMillis) {
        /** In place of a time. */
        static final long UNKNOWN = Long.MIN_VALUE;

        /** Whether something that was read is still there. */
        private boolean isHeld() {
            return committed > beginning && newestMillis != UNKNOWN;
        }
    }

    /**
     * The time from which on each partition is read; partitions of which nothing is left that was
     * read are left out.
     *
     * @param newest latest time to count from, whatever the partitions' own newest records say:
     *     some of what they hold may not have been forecast yet, and a producer's clock may be
     *     wrong
     * @param back how far contexts reach
     */
    static Map<TopicPartition, Long> times(
            Map<TopicPartition, Past> pasts, long newest, Duration back) {
        Map<TopicPartition, Long> times = new HashMap<>();
        pasts.forEach(
                (partition, past) -> {
                    if (past.isHeld()) {
                        long time = Math.min(past.newestMillis(), newest) - back.toMillis();
                        times.put(partition, Math.max(0, time));
                    }
                });
        return times;
    }

    /**
     * The plan.
     *
     * @param times as {@link #times} gave them
     * @param offsets the first offset of each partition at its time or after it
     */
    static RewindPlan of(
            Map<TopicPartition, Past> pasts,
            Map<TopicPartition, Long> times,
            Map<TopicPartition, Long> offsets) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> committed = new HashMap<>();
        long records = 0;
        long span = 0;
        long held = Long.MAX_VALUE;
        long partialBefore = Long.MIN_VALUE;
        for (Map.Entry<TopicPartition, Past> each : pasts.entrySet()) {
            TopicPartition partition = each.getKey();
            Past past = each.getValue();
            committed.put(partition, past.committed());
            long start = past.beginning();
            if (past.isHeld()) {
                // No record at that time or after it: clocks went wrong, and all is read.
                long found = offsets.getOrDefault(partition, past.beginning());
                start = Math.max(past.beginning(), Math.min(found, past.committed()));
                records += past.committed() - start;
                long time = times.get(partition);
                boolean isCut =
                        start == past.beginning() && start > 0 && past.oldestMillis() > time;
                long reached = isCut ? past.oldestMillis() : time;
                if (isCut) {
                    held = Math.min(held, Math.max(0, past.newestMillis() - reached));
                }
                if (start == past.beginning() && past.oldestMillis() != Past.UNKNOWN) {
                    reached = past.oldestMillis();
                }
                span = Math.max(span, past.newestMillis() - reached);
            }
            starts.put(partition, start);
            if (start > 0) {
                partialBefore =
                        Math.max(
                                partialBefore,
                                start > past.beginning()
                                        ? times.get(partition)
                                        : past.oldestMillis());
            }
        }
        return new RewindPlan(
                starts,
                committed,
                records,
                Duration.ofMillis(span),
                held == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofMillis(held)),
                partialBefore);
    }

    public RewindPlan {
        starts = Map.copyOf(starts);
        committed = Map.copyOf(committed);
    }
}
