package io.tickformer.kafka.topic;

import io.tickformer.annotation.Internal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds the time of writing of the records just before an offset: the median of a few Kafka
 * timestamps, so that one producer with a wrong clock does not matter.
 */
@Internal
public record RecordTimesBeforeOffset(TopicOffsets offsets) {
    private static final int SAMPLE = 21;

    /**
     * Used if all offsets of the small sample are transaction markers or were removed by
     * compaction.
     */
    private static final int LARGER_SAMPLE = 10_000;

    /**
     * Returns the time before an offset of each partition, without partitions that have no record
     * there.
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
