package io.tickformer.pulse;

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
public final class TaskPulse implements AutoCloseable {
    private final Logger log;
    private final String name;
    private final Supplier<JobReading> numbers;
    private final JobAdvisor advisor;
    private ScheduledFuture<?> timer;

    private TaskPulse(Logger log, String name, Supplier<JobReading> numbers, JobAdvisor advisor) {
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
    public static TaskPulse start(
            ProcessingTimeService time,
            Logger log,
            String name,
            JobFacts facts,
            JobCounters counters,
            Supplier<Map<JobGauge, Long>> gauges) {
        TaskPulse pulse =
                new TaskPulse(
                        log,
                        name,
                        () ->
                                new JobReading(
                                        Instant.ofEpochMilli(time.getCurrentProcessingTime()),
                                        counters.counts(),
                                        gauges.get()),
                        new JobAdvisor(facts));
        long millis = facts.logInterval().toMillis();
        if (millis > 0) {
            pulse.timer = time.scheduleWithFixedDelay(now -> pulse.log(), millis, millis);
        }
        return pulse;
    }

    /** Logs now. */
    public void log() {
        JobReading reading = numbers.get();
        if (log.isInfoEnabled()) {
            log.info("{}: {}", name, PulseLine.of(reading));
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
