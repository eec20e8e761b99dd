package io.tickformer.kafka.source;

import io.tickformer.kafka.deadletter.DeadLetterReason;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What came of reading topics through.
 *
 * @param records records read
 * @param observations good values in them
 * @param missingReadings values that were null or absent beside others
 * @param rejected bad records, by what is wrong with them
 */
public record TopicReadSummary(
        long records,
        long observations,
        long missingReadings,
        Map<DeadLetterReason, Long> rejected) {
    public TopicReadSummary {
        rejected = Map.copyOf(rejected);
    }

    /** Bad records, which the job would send to its dead letters. */
    public long bad() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The reasons and how often each was met, in words. */
    public String reasons() {
        StringJoiner reasons = new StringJoiner(", ");
        new TreeMap<>(rejected).forEach((reason, count) -> reasons.add(count + " " + reason));
        return reasons.toString();
    }
}
