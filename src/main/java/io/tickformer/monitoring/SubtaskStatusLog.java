package io.tickformer.monitoring;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;

/**
 * Logs how a subtask is doing, by a timer in the subtask's own thread: a line of level INFO, and
 * advice of level WARN where there is some.
 */
public final class SubtaskStatusLog implements AutoCloseable {
    private final Logger log;
    private final String name;
    private final Supplier<JobMetricsSnapshot> numbers;
    private final JobAdvisor advisor;
    private ScheduledFuture<?> timer;

    private SubtaskStatusLog(
            Logger log, String name, Supplier<JobMetricsSnapshot> numbers, JobAdvisor advisor) {
        this.log = log;
        this.name = name;
        this.numbers = numbers;
        this.advisor = advisor;
    }

    /**
     * Starts to log.
     *
     * @param time of the subtask
     * @param log of the operator
     * @param name what is logged of
     * @param facts settings for the advice, and how often to log
     * @param counters what the operator counts
     * @param gauges states beside
     */
    public static SubtaskStatusLog start(
            ProcessingTimeService time,
            Logger log,
            String name,
            MonitoringSettings facts,
            JobCounters counters,
            Supplier<Map<JobGauge, Long>> gauges) {
        SubtaskStatusLog statusLog =
                new SubtaskStatusLog(
                        log,
                        name,
                        () ->
                                new JobMetricsSnapshot(
                                        Instant.ofEpochMilli(time.getCurrentProcessingTime()),
                                        counters.counts(),
                                        gauges.get()),
                        new JobAdvisor(facts));
        long millis = facts.logInterval().toMillis();
        if (millis > 0) {
            statusLog.timer = time.scheduleWithFixedDelay(now -> statusLog.log(), millis, millis);
        }
        return statusLog;
    }

    /** Logs now. */
    public void log() {
        JobMetricsSnapshot reading = numbers.get();
        if (log.isInfoEnabled()) {
            log.info("{}: {}", name, StatusLine.of(reading));
        }
        for (String advice : advisor.on(reading)) {
            log.warn("{}: {}", name, advice);
        }
    }

    /** Ends the timer. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
