package io.tickformer.kafka.source;

import io.tickformer.annotation.Internal;
import io.tickformer.kafka.deadletter.DeadLetterReason;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The result of reading topics from start to end.
 *
 * @param records records read
 * @param observations observations decoded from them
 * @param missingReadings values that were null or absent while the record had others
 * @param rejected bad records by reason
 */
@Internal
public record TopicReadSummary(
        long records,
        long observations,
        long missingReadings,
        Map<DeadLetterReason, Long> rejected) {
    public TopicReadSummary {
        rejected = Map.copyOf(rejected);
    }

    /** The number of bad records, which the job would write to the dead-letter topic. */
    public long bad() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The reasons with their counts, as text. */
    public String reasons() {
        StringJoiner reasons = new StringJoiner(", ");
        new TreeMap<>(rejected).forEach((reason, count) -> reasons.add(count + " " + reason));
        return reasons.toString();
    }
}
