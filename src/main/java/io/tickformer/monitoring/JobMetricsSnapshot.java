package io.tickformer.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The numbers of a job, or of one of its subtasks, at one time.
 *
 * @param at when they were read
 * @param counts what was counted since the start; what is not counted there is not in it, and of a
 *     number that has parts these alone
 * @param gauges states that are known
 */
public record JobMetricsSnapshot(
        Instant at, Map<JobCount, Long> counts, Map<JobGauge, Long> gauges) {
    public JobMetricsSnapshot {
        counts = copy(JobCount.class, counts);
        gauges = copy(JobGauge.class, gauges);
    }

    private static <K extends Enum<K>> Map<K, Long> copy(Class<K> type, Map<K, Long> map) {
        EnumMap<K, Long> copy = new EnumMap<>(type);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }

    /** How often it, or a part of it, was counted; 0 where it is not counted. */
    long of(JobCount count) {
        long sum = counts.getOrDefault(count, 0L);
        for (JobCount part : count.parts()) {
            sum += counts.getOrDefault(part, 0L);
        }
        return sum;
    }

    /** How often it was counted since an earlier reading. */
    long since(JobMetricsSnapshot earlier, JobCount count) {
        return of(count) - earlier.of(count);
    }

    /** Whether it is counted here. */
    boolean counts(JobCount count) {
        return counts.containsKey(count) || count.parts().stream().anyMatch(counts::containsKey);
    }

    /** Records of the topic that are not read yet, where that is known. */
    OptionalLong waiting() {
        Long waiting = gauges.get(JobGauge.WAITING_RECORDS);
        return waiting == null ? OptionalLong.empty() : OptionalLong.of(waiting);
    }

    /** Whether all that was in the topic is read. */
    boolean isCaughtUp() {
        return waiting().orElse(-1) == 0;
    }

    /** The event time up to which all ticks have ended, once there is one. */
    Optional<Instant> watermark() {
        Long millis = gauges.get(JobGauge.WATERMARK);
        // The ends of the range stand for no watermark yet, and for the end of the input.
        return millis == null || millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** By how much the watermark trails the clock; negative where it is ahead. */
    Optional<Duration> behindClock() {
        return watermark().map(watermark -> Duration.between(watermark, at));
    }

    /** A gauge as a time, if it has one. */
    Optional<Instant> time(JobGauge gauge) {
        Long millis = gauges.get(gauge);
        return millis == null || millis == 0
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(millis));
    }
}
