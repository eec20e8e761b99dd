package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Supplier;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.slf4j.Logger;

/**
 * Logs the status of a subtask by a timer in the subtask's own thread: a status line at level INFO,
 * and advice, if any, at level WARN.
 */
@Internal
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
     * Starts the timer.
     *
     * @param time processing time of the subtask
     * @param log logger of the operator
     * @param name name of the subtask in the log
     * @param settings settings for the advice, and the log interval
     * @param counters counters of the operator
     * @param gauges gauges of the operator
     */
    public static SubtaskStatusLog start(
            ProcessingTimeService time,
            Logger log,
            String name,
            MonitoringSettings settings,
            OperatorCounters counters,
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
                        new JobAdvisor(settings));
        long millis = settings.logInterval().toMillis();
        if (millis > 0) {
            statusLog.timer = time.scheduleWithFixedDelay(now -> statusLog.log(), millis, millis);
        }
        return statusLog;
    }

    /** Logs once. */
    public void log() {
        JobMetricsSnapshot reading = numbers.get();
        if (log.isInfoEnabled()) {
            log.info("{}: {}", name, StatusLine.of(reading));
        }
        for (String advice : advisor.on(reading)) {
            log.warn("{}: {}", name, advice);
        }
    }

    /** Stops the timer. */
    @Override
    public void close() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
