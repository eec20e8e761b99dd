package io.tickformer.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Readings of a job, made up by hand. */
final class Readings {
    static final Instant NOON = Instant.parse("2026-11-29T12:00:10Z");

    static final MonitoringSettings FACTS =
            new MonitoringSettings(
                    "readings",
                    "millis",
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    "start",
                    1_000,
                    "dead-letters",
                    "late",
                    Duration.ofMinutes(1),
                    List.of());

    private final Map<JobCounter, Long> counts = new EnumMap<>(JobCounter.class);
    private final Map<JobGauge, Long> gauges = new EnumMap<>(JobGauge.class);
    private Instant at = NOON;

    private Readings() {}

    /** Those of a whole job, nothing counted yet. */
    static Readings ofAJob() {
        Readings readings = new Readings();
        for (JobCounter count : JobCounter.values()) {
            if (count.parts().isEmpty()) {
                readings.counts.put(count, 0L);
            }
        }
        return readings;
    }

    /** Those of one subtask, which counts little. */
    static Readings ofASubtask() {
        return new Readings();
    }

    Readings with(JobCounter count, long number) {
        counts.put(count, number);
        return this;
    }

    Readings with(JobGauge gauge, long value) {
        gauges.put(gauge, value);
        return this;
    }

    Readings watermark(Instant time) {
        return with(JobGauge.WATERMARK, time.toEpochMilli());
    }

    Readings waiting(long records) {
        return with(JobGauge.WAITING_RECORDS, records);
    }

    JobMetricsSnapshot read() {
        JobMetricsSnapshot reading = new JobMetricsSnapshot(at, counts, gauges);
        at = at.plusSeconds(10);
        return reading;
    }
}
