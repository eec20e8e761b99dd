package io.tickformer.kafka.issued;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.KafkaConnection;
import io.tickformer.kafka.topic.RecordTimesBeforeOffset;
import io.tickformer.kafka.topic.TopicOffsets;
import io.tickformer.kafka.topic.TopicScan;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the newest committed forecasts of a topic, as many as are needed to tell which ticks a job
 * has forecast, and not the whole topic.
 *
 * <p>A tick whose readings are re-read was forecast after these were written. So forecasts that are
 * older than the oldest of these readings do not matter. If there are few newer ones, all of them
 * are read. If there are many, the newest ones are read, up to a bound. Each live series has one
 * among them.
 */
@Internal
public final class NewestForecastsReader {
    /** All forecasts that matter are read, up to this number. */
    private static final long ENOUGH = 250_000;

    /** The most forecasts that are ever read: two ticks of a million series. */
    private static final long MOST = 2_000_000;

    private final KafkaConnection connection;
    private final String topic;
    private final long enough;
    private final long most;

    public NewestForecastsReader(KafkaConnection connection, String topic) {
        this(connection, topic, ENOUGH, MOST);
    }

    NewestForecastsReader(KafkaConnection connection, String topic, long enough, long most) {
        this.connection = connection;
        this.topic = topic;
        this.enough = enough;
        this.most = most;
    }

    /**
     * Reads the forecasts.
     *
     * @param since time of writing of the oldest record that is re-read
     * @param least span of the newest forecasts that are read in any case, by Kafka timestamps
     * @param tickMillis length of the ticks
     * @param keyOf maps a series to the key of its state
     * @throws IOException if a request to the brokers fails
     */
    public ForecastProgress read(
            long since, long least, long tickMillis, UnaryOperator<String> keyOf)
            throws IOException {
        ForecastProgressBuilder builder = new ForecastProgressBuilder(tickMillis, keyOf);
        Part part;
        try (TopicOffsets offsets = new TopicOffsets(connection)) {
            part = part(offsets, since, least);
        }
        new TopicScan(connection, List.of(topic), part.starts()).read(builder::add);
        return builder.result(part.isWhole(), least);
    }

    /** Where reading starts in each partition, and whether no older forecast can matter. */
    private record Part(Map<TopicPartition, Long> starts, boolean isWhole) {}

    private Part part(TopicOffsets offsets, long since, long least) throws IOException {
        List<TopicPartition> partitions = offsets.partitions(List.of(topic));
        Map<TopicPartition, Long> beginnings = offsets.beginnings(partitions);
        Map<TopicPartition, Long> ends = offsets.ends(partitions);
        if (between(beginnings, ends) <= enough) {
            // If older forecasts were deleted, some that matter may be missing.
            boolean isComplete = beginnings.values().stream().allMatch(offset -> offset == 0);
            return new Part(beginnings, isComplete || isAfter(offsets, beginnings, ends, since));
        }
        Map<TopicPartition, Long> all = at(offsets, since, beginnings, ends);
        if (between(all, ends) <= enough) {
            return new Part(all, isAfter(offsets, beginnings, ends, since));
        }
        long newest = newest(offsets, beginnings, ends);
        long window = newest - since;
        Map<TopicPartition, Long> starts = all;
        while (window > least && between(starts, ends) > enough) {
            window = Math.max(least, window / 2);
            starts = at(offsets, newest - window, beginnings, ends);
        }
        Map<TopicPartition, Long> bounded = atMost(starts, ends);
        return new Part(bounded, bounded.equals(all) && isAfter(offsets, beginnings, ends, since));
    }

    /** Returns whether the oldest remaining records were written before a time. */
    private static boolean isAfter(
            TopicOffsets offsets,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends,
            long since)
            throws IOException {
        Map<TopicPartition, TopicOffsets.Range> oldest = new HashMap<>();
        beginnings.forEach(
                (partition, from) -> {
                    long to = Math.min(ends.get(partition), from + 1);
                    if (from > 0 && from < to) {
                        oldest.put(partition, new TopicOffsets.Range(from, to));
                    }
                });
        for (List<Long> times : offsets.timestamps(oldest).values()) {
            if (!times.isEmpty() && times.get(0) > since) {
                return false;
            }
        }
        return true;
    }

    private static Map<TopicPartition, Long> at(
            TopicOffsets offsets,
            long time,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends)
            throws IOException {
        Map<TopicPartition, Long> times = new HashMap<>();
        beginnings.keySet().forEach(partition -> times.put(partition, Math.max(0, time)));
        Map<TopicPartition, Long> starts = new HashMap<>(ends);
        offsets.at(times)
                .forEach((partition, offset) -> starts.merge(partition, offset, Math::min));
        return starts;
    }

    private static long newest(
            TopicOffsets offsets,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends)
            throws IOException {
        long newest = Long.MIN_VALUE;
        for (long time : new RecordTimesBeforeOffset(offsets).before(beginnings, ends).values()) {
            newest = Math.max(newest, time);
        }
        return newest;
    }

    private static long between(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        long records = 0;
        for (Map.Entry<TopicPartition, Long> each : to.entrySet()) {
            records += Math.max(0, each.getValue() - from.get(each.getKey()));
        }
        return records;
    }

    /** Limits the number of records to the bound, and keeps the newest of each partition. */
    private Map<TopicPartition, Long> atMost(
            Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        if (between(starts, ends) <= most) {
            return starts;
        }
        long share = most / ends.size();
        Map<TopicPartition, Long> bounded = new HashMap<>();
        starts.forEach(
                (partition, start) ->
                        bounded.put(partition, Math.max(start, ends.get(partition) - share)));
        return bounded;
    }
}
