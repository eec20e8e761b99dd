package io.tickformer.kafka.topic;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * When the records just before an offset were written: the median of the Kafka timestamps of a few,
 * so that one producer with a wrong clock does not count for all.
 */
public record NewestTimestamps(TopicOffsets offsets) {
    private static final int SAMPLE = 21;

    /** Where the few are markers of transactions or deleted by compaction, more are looked at. */
    private static final int LARGER_SAMPLE = 10_000;

    /**
     * The time before an offset of each partition; a partition without a record there is left out.
     *
     * @param beginnings the oldest offset that each partition still has
     */
    public Map<TopicPartition, Long> before(
            Map<TopicPartition, Long> beginnings, Map<TopicPartition, Long> ends)
            throws IOException {
        Map<TopicPartition, Long> times = new HashMap<>();
        Map<TopicPartition, Long> open = new HashMap<>(ends);
        for (int sample : new int[] {SAMPLE, LARGER_SAMPLE}) {
            Map<TopicPartition, TopicOffsets.Range> ranges = new HashMap<>();
            open.forEach(
                    (partition, end) -> {
                        long from = Math.max(beginnings.get(partition), end - sample);
                        if (from < end) {
                            ranges.put(partition, new TopicOffsets.Range(from, end));
                        }
                    });
            offsets.timestamps(ranges)
                    .forEach(
                            (partition, found) -> {
                                List<Long> known = new ArrayList<>(found);
                                known.removeIf(time -> time < 0);
                                if (!known.isEmpty()) {
                                    times.put(partition, median(known));
                                    open.remove(partition);
                                }
                            });
        }
        return times;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
