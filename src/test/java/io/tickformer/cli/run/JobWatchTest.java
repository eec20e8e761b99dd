package io.tickformer.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.monitoring.Failure;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobGauge;
import io.tickformer.monitoring.JobMetricsSnapshot;
import io.tickformer.monitoring.MonitoringSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JobWatchTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private static final Duration PACE = Duration.ofSeconds(10);

    private final HandClock clock = new HandClock();
    private final StringWriter out = new StringWriter();
    private final Map<JobCounter, Long> counts = new EnumMap<>(JobCounter.class);

    private static final class HandClock extends Clock {
        private Instant now = NOON;

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private JobWatch watch(Duration pace) {
        counts.put(JobCounter.RECORDS, 12L);
        counts.put(JobCounter.FORECASTS, 3L);
        return new JobWatch(
                () ->
                        new JobMetricsSnapshot(
                                clock.instant(), counts, Map.of(JobGauge.WAITING_RECORDS, 0L)),
                new PrintWriter(out, true),
                MonitoringSettings.NONE,
                pace,
                clock);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    @Test
    void aLineComesAtItsPaceAndOnceAtTheEnd() {
        JobWatch watch = watch(PACE);
        for (int second = 1; second <= 25; second++) {
            clock.pass(Duration.ofSeconds(1));
            watch.tick();
        }
        watch.end();
        watch.end();
        watch.tick();
        String numbers = "read      12  forecasts      3  caught up";
        assertThat(lines())
                .containsExactly(
                        "12:00:10  " + numbers,
                        "12:00:20  " + numbers,
                        "12:00:25  end: " + numbers);
    }

    @Test
    void aMachineThatSleptGetsNoLinesForThatTime() {
        JobWatch watch = watch(PACE);
        clock.pass(Duration.ofHours(8));
        watch.tick();
        watch.tick();
        clock.pass(Duration.ofSeconds(4));
        watch.tick();
        assertThat(lines()).hasSize(1);
    }

    @Test
    void withoutLinesRestartsAndAdviceAreStillSaid() {
        JobWatch watch = watch(Duration.ZERO);
        counts.put(JobCounter.RECORDS, 40L);
        counts.put(JobCounter.NO_KEY, 40L);
        clock.pass(Duration.ofSeconds(11));
        watch.tick();
        watch.restarted(Failure.of(new IllegalStateException("the disk is full")));
        assertThat(lines())
                .hasSize(2)
                .satisfies(
                        lines -> {
                            assertThat(lines.get(0)).contains("attention: none of the first");
                            assertThat(lines.get(1))
                                    .isEqualTo(
                                            "12:00:11  restart 1: IllegalStateException: the disk"
                                                    + " is full");
                        });
    }

    @Test
    void aDriftAndAnOutageOfTheModelAreOneLineEach() {
        JobWatch watch = watch(Duration.ZERO);
        counts.put(JobCounter.DRIFTS_BEGUN, 1L);
        clock.pass(Duration.ofSeconds(11));
        watch.tick();
        clock.pass(Duration.ofSeconds(11));
        watch.tick();
        counts.put(JobCounter.MODEL_OUTAGES, 1L);
        clock.pass(Duration.ofSeconds(11));
        watch.tick();
        assertThat(lines())
                .satisfiesExactly(
                        drift ->
                                assertThat(drift).startsWith("12:00:11  attention: a drift begins"),
                        outage ->
                                assertThat(outage)
                                        .startsWith("12:00:33  attention: the calls of the model"));
    }

    @Test
    void aJobThatDoesNotRunIsSaidSoAndItsNumbersGetNoAdvice() {
        JobWatch watch = watch(PACE);
        counts.put(JobCounter.NO_KEY, 40L);
        watch.isIn("restarting");
        watch.restarted(Failure.of(new IllegalStateException("x")));
        clock.pass(PACE);
        watch.tick();
        assertThat(lines().get(1)).startsWith("12:00:10  restarting  read").endsWith("restarts 1");
        assertThat(out.toString()).doesNotContain("attention");
    }

    @Test
    void aCheckpointThatFailsForTheSameReasonIsSaidOnce() {
        JobWatch watch = watch(PACE);
        watch.checkpointFailed(Failure.of("Checkpoint expired before completing."));
        watch.checkpointFailed(Failure.of("Checkpoint expired before completing."));
        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith(
                        "12:00:00  a checkpoint failed: Checkpoint expired before completing; a")
                .contains("flink.execution.checkpointing.timeout");
    }

    @Test
    void aTaskManagerThatEndedAndCannotBeReplacedIsSaidWithItsReason() {
        JobWatch watch = watch(PACE);
        watch.taskManagerEnded();
        watch.taskManagerMissing(Failure.of(new IllegalStateException("no port is free")));
        assertThat(lines())
                .containsExactly(
                        "12:00:00  the TaskManager ended with that failure, see the log; another one"
                                + " is started",
                        "12:00:00  no TaskManager can be started, so stop the job and start it"
                                + " again: IllegalStateException: no port is free");
    }
}
