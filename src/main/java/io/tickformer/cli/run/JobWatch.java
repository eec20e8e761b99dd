package io.tickformer.cli.run;

import io.tickformer.monitoring.Failure;
import io.tickformer.monitoring.JobAdvisor;
import io.tickformer.monitoring.JobCount;
import io.tickformer.monitoring.JobMetricsSnapshot;
import io.tickformer.monitoring.MonitoringSettings;
import io.tickformer.monitoring.RestartReport;
import io.tickformer.monitoring.StatusLine;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is printed of a job that runs in this process: a line at a pace, each restart with its
 * reason, each checkpoint that fails, advice where there is some, and a line at the end.
 */
final class JobWatch {
    /** How often advice is sought where no lines are wanted. */
    private static final Duration ADVICE_PACE = Duration.ofSeconds(10);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Supplier<JobMetricsSnapshot> numbers;
    private final PrintWriter err;
    private final Clock clock;
    private final Duration pace;
    private final boolean printsLines;
    private final JobAdvisor advisor;
    private final RestartReport restarts = new RestartReport();
    private String checkpointFailure = "";
    private String state = "";
    private Instant due;
    private boolean ended;

    /**
     * @param numbers of the job, now
     * @param err where to print
     * @param facts settings that advice speaks of
     * @param interval between lines; zero for none
     * @param clock tells the time of lines
     */
    JobWatch(
            Supplier<JobMetricsSnapshot> numbers,
            PrintWriter err,
            MonitoringSettings facts,
            Duration interval,
            Clock clock) {
        this.numbers = numbers;
        this.err = err;
        this.clock = clock;
        this.printsLines = !interval.isZero();
        this.pace = printsLines ? interval : ADVICE_PACE;
        this.advisor = new JobAdvisor(facts);
        this.due = clock.instant().plus(pace);
    }

    /** The state of the job; shown where it is not running. */
    synchronized void isIn(String newState) {
        state = newState;
    }

    /** The job failed and is started again. */
    synchronized void restarted(Failure failure) {
        long forecasts = numbers.get().counts().get(JobCount.FORECASTS);
        restarts.restarted(failure, forecasts).forEach(this::print);
    }

    /** The failure was so grave that it ended what runs the tasks; another is started. */
    synchronized void taskManagerEnded() {
        print("the TaskManager ended with that failure, see the log; another one is started");
    }

    /** No other can be started: the job goes no further. */
    synchronized void taskManagerMissing(Failure failure) {
        print("no TaskManager can be started, so stop the job and start it again: " + failure);
    }

    /** A checkpoint failed. */
    synchronized void checkpointFailed(Failure failure) {
        if (!checkpointFailure.equals(failure.reason())) {
            checkpointFailure = failure.reason();
            print("a checkpoint failed: " + failure);
        }
    }

    /** Prints the line if its time has come, and advice. To be called often. */
    synchronized void tick() {
        if (ended || clock.instant().isBefore(due)) {
            return;
        }
        due = due.plus(pace);
        Instant soonest = clock.instant().plus(pace.dividedBy(2));
        if (due.isBefore(soonest)) {
            // The machine slept, or was too busy: no lines are made up for it.
            due = soonest;
        }
        JobMetricsSnapshot reading = numbers.get();
        if (printsLines) {
            print(line(reading));
        }
        if (state.isEmpty()) {
            // Numbers of a job that does not run look wrong for another reason.
            advise(reading);
        }
    }

    private void advise(JobMetricsSnapshot reading) {
        List<String> advice = advisor.on(reading);
        for (String text : advice) {
            print("attention: " + text);
        }
    }

    /** Prints the last line, once. */
    synchronized void end() {
        if (!ended) {
            ended = true;
            JobMetricsSnapshot reading = numbers.get();
            if (state.isEmpty()) {
                advise(reading);
            }
            print("end: " + line(reading));
        }
    }

    private String line(JobMetricsSnapshot reading) {
        String line = StatusLine.of(reading);
        if (restarts.restarts() > 0) {
            line += "  restarts " + restarts.restarts();
        }
        return state.isEmpty() ? line : state + "  " + line;
    }

    private void print(String text) {
        err.println(TIME.format(clock.instant().atZone(clock.getZone())) + "  " + text);
        err.flush();
    }
}
