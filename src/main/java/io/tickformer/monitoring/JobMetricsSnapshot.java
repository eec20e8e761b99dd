package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The metrics of a job, or of one of its subtasks, at one time.
 *
 * @param at the time
 * @param counts counts since the start. Counters that do not exist there are absent. A counter with
 *     parts is present by its parts
 * @param gauges the known gauges
 */
@Internal
public record JobMetricsSnapshot(
        Instant at, Map<JobCounter, Long> counts, Map<JobGauge, Long> gauges) {
    public JobMetricsSnapshot {
        counts = copy(JobCounter.class, counts);
        gauges = copy(JobGauge.class, gauges);
    }

    private static <K extends Enum<K>> Map<K, Long> copy(Class<K> type, Map<K, Long> map) {
        EnumMap<K, Long> copy = new EnumMap<>(type);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /** The count, with its parts; 0 if it is not counted. */
    long of(JobCounter count) {
        long sum = counts.getOrDefault(count, 0L);
        for (JobCounter part : count.parts()) {
            sum += counts.getOrDefault(part, 0L);
        }
        return sum;
    }

    /** The count since an earlier snapshot. */
    long since(JobMetricsSnapshot earlier, JobCounter count) {
        return of(count) - earlier.of(count);
    }

    /** Returns whether it is counted here. */
    boolean counts(JobCounter count) {
        return counts.containsKey(count) || count.parts().stream().anyMatch(counts::containsKey);
    }

    /** The records of the topics that are not read yet, if known. */
    OptionalLong waiting() {
        Long waiting = gauges.get(JobGauge.WAITING_RECORDS);
        return waiting == null ? OptionalLong.empty() : OptionalLong.of(waiting);
    }

    /** Returns whether all records of the topics have been read. */
    boolean isCaughtUp() {
        return waiting().orElse(-1) == 0;
    }

    /** The watermark, if there is one yet. */
    Optional<Instant> watermark() {
        Long millis = gauges.get(JobGauge.WATERMARK);
        // The extreme values stand for no watermark yet and for the end of input.
        return millis == null || millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** How far the watermark trails the clock; negative if it is ahead. */
    Optional<Duration> behindClock() {
        return watermark().map(watermark -> Duration.between(watermark, at));
    }

    /** The value of a gauge as a time, if any. */
    Optional<Instant> time(JobGauge gauge) {
        Long millis = gauges.get(gauge);
        return millis == null || millis == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis));
    }
}
