package io.tickformer.kafka.topic;

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
 * How far a consumer group has read topics, and when that was written. For one thread.
 *
 * <p>A job that starts for the first time commits the beginning of every partition, with the time
 * of its start as the metadata of the offset. So a job that was killed before its first checkpoint
 * committed anything is known to have been started, and when. The commits of checkpoints take the
 * place of these.
 */
public final class GroupProgress implements AutoCloseable {
    private static final String FIRST_START = "first start ";

    private final TopicOffsets offsets;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, OffsetAndMetadata> committed;
    private final Map<TopicPartition, RewindPlan.Past> pasts;

    /** Whether commits say how far each partition was read that has records. */
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
     * Asks the brokers.
     *
     * @throws IOException if they cannot be asked or refuse
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
        // A topic that was deleted and made anew may end before what was read of the other.
        known.forEach(
                (partition, offset) ->
                        committed.put(
                                partition,
                                Math.max(
                                        Math.min(offset.offset(), ends.get(partition)),
                                        beginnings.get(partition))));
        Map<TopicPartition, Long> newest =
                new NewestTimestamps(offsets).before(beginnings, committed);
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
     * Whether the group has committed no offset in these topics: the job was not started before.
     */
    public boolean isEmpty() {
        return pasts.isEmpty();
    }

    /**
     * Commits that the job starts now for the first time, and reads from the beginning.
     *
     * @throws IOException if the brokers cannot be asked or refuse
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

    /**
     * When the job was first started, as long as the commits of no checkpoint stand in its place.
     */
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
     * When the newest records that the group has read were written, in milliseconds; 0 where none
     * of them is left.
     */
    public long newestMillis() {
        return pasts.values().stream()
                .mapToLong(RewindPlan.Past::newestMillis)
                .filter(time -> time != RewindPlan.Past.UNKNOWN)
                .max()
                .orElse(0);
    }

    /**
     * When the oldest record was written that is read again by {@link #readBack}, or is read first
     * though an earlier start may have forecast it; 0 where that is not known.
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
     * Plans from where the topics are read again.
     *
     * @param newest latest time to count from
     * @param back how far contexts reach
     * @throws IOException if the brokers cannot be asked
     */
    public RewindPlan readBack(long newest, Duration back) throws IOException {
        Map<TopicPartition, Long> times = RewindPlan.times(pasts, newest, back);
        return RewindPlan.of(pasts, times, offsets.at(times));
    }

    @Override
    public void close() {
        offsets.close();
    }
}
