package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The committed offsets of a consumer group, and the Kafka timestamps around them. Not thread-safe.
 *
 * <p>On its first start, a job commits the beginning of each partition, with the time of the start
 * as offset metadata. So the first start of a job is known even if it was killed before its first
 * checkpoint. The commits of checkpoints replace these later.
 */
@Internal
public final class GroupProgress implements AutoCloseable {
    private static final String FIRST_START = "first start ";

    private final TopicOffsets offsets;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, OffsetAndMetadata> committed;
    private final Map<TopicPartition, RewindPlan.Past> pasts;

    /** Whether the group has read some records of each partition that has records. */
    private final boolean isKnown;

    private GroupProgress(TopicOffsets offsets, List<String> topics) throws IOException {
        this.offsets = offsets;
        this.partitions = offsets.partitions(topics);
        this.committed = offsets.committed(partitions);
        Map<TopicPartition, Long> ends = offsets.ends(committed.keySet());
        this.pasts = committed.isEmpty() ? Map.of() : pasts(offsets, committed, ends);
        this.isKnown =
                pasts.entrySet().stream()
                        .allMatch(
                                each ->
                                        each.getValue().committed() > each.getValue().beginning()
                                                || ends.get(each.getKey())
                                                        <= each.getValue().committed());
    }

    /**
     * Reads the offsets and timestamps from the brokers.
     *
     * @throws IOException if a request to the brokers fails
     */
    public static GroupProgress of(KafkaConnection connection, List<String> topics, String group)
            throws IOException {
        TopicOffsets offsets = new TopicOffsets(connection, group);
        boolean isAsked = false;
        try {
            GroupProgress progress = new GroupProgress(offsets, topics);
            isAsked = true;
            return progress;
        } finally {
            if (!isAsked) {
                offsets.close();
            }
        }
    }

    private static Map<TopicPartition, RewindPlan.Past> pasts(
            TopicOffsets offsets,
            Map<TopicPartition, OffsetAndMetadata> known,
            Map<TopicPartition, Long> ends)
            throws IOException {
        Set<TopicPartition> read = known.keySet();
        Map<TopicPartition, Long> beginnings = offsets.beginnings(read);
        Map<TopicPartition, Long> committed = new HashMap<>();
        // A topic that was deleted and recreated may end before the committed offset.
        known.forEach(
                (partition, offset) ->
                        committed.put(
                                partition,
                                Math.max(
                                        Math.min(offset.offset(), ends.get(partition)),
                                        beginnings.get(partition))));
        Map<TopicPartition, Long> newest =
                new RecordTimesBeforeOffset(offsets).before(beginnings, committed);
        Map<TopicPartition, TopicOffsets.Range> first = new HashMap<>();
        beginnings.forEach(
                (partition, from) -> {
                    if (from < committed.get(partition)) {
                        first.put(partition, new TopicOffsets.Range(from, from + 1));
                    }
                });
        Map<TopicPartition, List<Long>> oldest = offsets.timestamps(first);
        Map<TopicPartition, RewindPlan.Past> pasts = new HashMap<>();
        for (TopicPartition partition : read) {
            List<Long> times = oldest.getOrDefault(partition, List.of());
            pasts.put(
                    partition,
                    new RewindPlan.Past(
                            beginnings.get(partition),
                            committed.get(partition),
                            newest.getOrDefault(partition, RewindPlan.Past.UNKNOWN),
                            times.isEmpty() ? RewindPlan.Past.UNKNOWN : times.get(0)));
        }
        return pasts;
    }

    /**
     * Returns whether the group has no committed offset in these topics, which means that the job
     * was never started.
     */
    public boolean isEmpty() {
        return pasts.isEmpty();
    }

    /**
     * Commits the first start of the job, which reads from the beginning.
     *
     * @throws IOException if a request to the brokers fails
     */
    public void begin(Instant start) throws IOException {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        offsets.beginnings(partitions)
                .forEach(
                        (partition, offset) ->
                                beginnings.put(
                                        partition,
                                        new OffsetAndMetadata(offset, FIRST_START + start)));
        offsets.commit(beginnings);
    }

    /** The time of the first start; empty once a checkpoint has committed offsets. */
    public Optional<Instant> firstStart() {
        for (OffsetAndMetadata each : committed.values()) {
            if (each.metadata().startsWith(FIRST_START)) {
                try {
                    return Optional.of(
                            Instant.parse(each.metadata().substring(FIRST_START.length())));
                } catch (DateTimeException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The Kafka timestamp of the newest records that the group has read; 0 if none of them still
     * exists.
     */
    public long newestMillis() {
        return pasts.values().stream()
                .mapToLong(RewindPlan.Past::newestMillis)
                .filter(time -> time != RewindPlan.Past.UNKNOWN)
                .max()
                .orElse(0);
    }

    /**
     * The Kafka timestamp of the oldest record whose tick may have a forecast already, among those
     * that the plan of {@link #rewind} reads; 0 if unknown.
     */
    public long oldestMillis(long newest, Duration back) {
        return isKnown
                ? RewindPlan.times(pasts, newest, back).values().stream()
                        .mapToLong(Long::longValue)
                        .min()
                        .orElse(0)
                : 0;
    }

    /**
     * Plans the offsets to read the topics from.
     *
     * @param newest latest time to go back from
     * @param back how far to go back: the length of the contexts
     * @throws IOException if a request to the brokers fails
     */
    public RewindPlan rewind(long newest, Duration back) throws IOException {
        Map<TopicPartition, Long> times = RewindPlan.times(pasts, newest, back);
        return RewindPlan.of(pasts, times, offsets.at(times));
    }

    @Override
    public void close() {
        offsets.close();
    }
}
