package io.tickformer.cli.run;

import io.tickformer.monitoring.DriftAndOutageLines;
import io.tickformer.monitoring.Failure;
import io.tickformer.monitoring.JobAdvisor;
import io.tickformer.monitoring.JobCounter;
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
 * Prints the progress of a job in this process: a status line at an interval, each restart with its
 * reason, each failed checkpoint, each drift, each outage of the model, advice, and a last line.
 */
final class JobWatch {
    /** Interval between checks for advice if no status lines are printed. */
    private static final Duration ADVICE_PACE = Duration.ofSeconds(10);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Supplier<JobMetricsSnapshot> numbers;
    private final PrintWriter err;
    private final Clock clock;
    private final Duration pace;
    private final boolean printsLines;
    private final JobAdvisor advisor;
    private final DriftAndOutageLines feedback = new DriftAndOutageLines();
    private final RestartReport restarts = new RestartReport();
    private String checkpointFailure = "";
    private String state = "";
    private Instant due;
    private boolean ended;

    /**
     * @param numbers reads the current numbers of the job
     * @param err where to print
     * @param facts settings of the job that advice refers to
     * @param interval between status lines; zero for none
     * @param clock gives the time printed before each line
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

    /** Sets the state of the job. It is printed while the job is not running. */
    synchronized void isIn(String newState) {
        state = newState;
    }

    /** Reports that the job failed and restarts. */
    synchronized void restarted(Failure failure) {
        long forecasts = numbers.get().counts().get(JobCounter.FORECASTS);
        restarts.restarted(failure, forecasts).forEach(this::print);
    }

    /** Reports that the failure ended the TaskManager, and that another one is started. */
    synchronized void taskManagerEnded() {
        print("the TaskManager ended with that failure, see the log; another one is started");
    }

    /** Reports that no other TaskManager can be started, so the job cannot continue. */
    synchronized void taskManagerMissing(Failure failure) {
        print("no TaskManager can be started, so stop the job and start it again: " + failure);
    }

    /** Reports a failed checkpoint. */
    synchronized void checkpointFailed(Failure failure) {
        if (!checkpointFailure.equals(failure.reason())) {
            checkpointFailure = failure.reason();
            print("a checkpoint failed: " + failure);
        }
    }

    /** Prints a status line if it is due, and advice. Call it often. */
    synchronized void tick() {
        if (ended || clock.instant().isBefore(due)) {
            return;
        }
        due = due.plus(pace);
        Instant soonest = clock.instant().plus(pace.dividedBy(2));
        if (due.isBefore(soonest)) {
            // The machine slept or was too busy: skip the missed lines.
            due = soonest;
        }
        JobMetricsSnapshot reading = numbers.get();
        feedback.on(reading).forEach(this::print);
        if (printsLines) {
            print(line(reading));
        }
        if (state.isEmpty()) {
            // The numbers of a job that is not running need no advice.
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
            feedback.on(reading).forEach(this::print);
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
