package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job starts reading its topics when it starts again without a savepoint: far enough before
 * the committed offsets to fill its contexts. The plan goes back by Kafka timestamps. An event time
 * is at or before the Kafka timestamp of its record, so going back by Kafka timestamps reaches at
 * least as far as by event times. It reaches further if old data was written in bulk.
 *
 * @param starts offset to start reading from, for each partition that was read before
 * @param committed committed offset of each of these partitions
 * @param records number of offsets between the two, over all partitions
 * @param span the furthest that a partition goes back, by Kafka timestamps
 * @param held how much history the topics still have, if it is less than the contexts need
 * @param partialBefore event time in milliseconds from which on ticks are read completely; a tick
 *     that starts earlier may lack readings. {@link Long#MIN_VALUE} if the topics are read from
 *     their first records
 */
@Internal
public record RewindPlan(
        Map<TopicPartition, Long> starts,
        Map<TopicPartition, Long> committed,
        long records,
        Duration span,
        Optional<Duration> held,
        long partialBefore) {

    /**
     * The history of a partition that was read before.
     *
     * @param beginning the oldest offset that still exists
     * @param committed the committed offset
     * @param newestMillis Kafka timestamp of the newest records that were read; {@link #UNKNOWN} if
     *     none of them still exists
     * @param oldestMillis Kafka timestamp of the oldest record that still exists, or {@link
     *     #UNKNOWN}
     */
    record Past(long beginning, long committed, long newestMillis, long oldestMillis) {
        /** Stands for an unknown time. */
        static final long UNKNOWN = Long.MIN_VALUE;

        /** Returns whether some of the records that were read still exist. */
        private boolean isHeld() {
            return committed > beginning && newestMillis != UNKNOWN;
        }
    }

    /**
     * The time to read each partition from, without partitions whose records that were read no
     * longer exist.
     *
     * @param newest latest time to go back from, even if the newest records are later: some of them
     *     may not have been forecast yet, and a producer's clock may be wrong
     * @param back how far to go back: the length of the contexts
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
     * Creates the plan.
     *
     * @param times result of {@link #times}
     * @param offsets the first offset of each partition at or after its time
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
                // No record at or after that time: a clock was wrong, so all is read.
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
