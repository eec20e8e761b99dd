package io.tickformer.cli.run;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import io.tickformer.monitoring.Failure;
import io.tickformer.monitoring.MonitoringSettings;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.checkpoint.FailedCheckpointStats;
import org.apache.flink.runtime.executiongraph.ArchivedExecutionGraph;
import org.apache.flink.runtime.scheduler.ExecutionGraphInfo;
import org.apache.flink.runtime.scheduler.exceptionhistory.RootExceptionHistoryEntry;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs a job in a mini cluster of this process until it ends, and prints its progress. */
@Internal
public final class MonitoredRun {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final JobMetricsReporter reporter = new JobMetricsReporter();
    private final CompletableFuture<ReportingMiniCluster> cluster = new CompletableFuture<>();
    private final JobWatch watch;
    private long lastFailure = Long.MIN_VALUE;
    private long failedCheckpoints;
    private boolean awaitsTaskManager;

    /**
     * @param err where to print
     * @param facts settings of the job that advice refers to
     * @param interval between status lines; zero for none
     */
    public MonitoredRun(PrintWriter err, MonitoringSettings facts, Duration interval) {
        Clock clock = Clock.system(ZoneId.systemDefault());
        this.watch =
                new JobWatch(() -> reporter.read(clock.instant()), err, facts, interval, clock);
    }

    /**
     * Runs the job.
     *
     * @throws UserError if it fails for a reason that the user can correct
     */
    public void run(StreamExecutionEnvironment job) throws Exception {
        Configuration configuration = Configuration.fromMap(job.getConfiguration().toMap());
        JobClient client =
                LocalExecutor.createWithFactory(
                                configuration,
                                settings -> {
                                    ReportingMiniCluster made =
                                            new ReportingMiniCluster(settings, reporter);
                                    cluster.complete(made);
                                    return made;
                                })
                        .execute(
                                job.getStreamGraph(),
                                configuration,
                                Thread.currentThread().getContextClassLoader())
                        .get();
        CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
        Thread onInterrupt = new Thread(watch::end, "last-line");
        ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(this::daemon);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        ScheduledFuture<?> looks =
                looking.scheduleWithFixedDelay(
                        () -> look(client.getJobID()),
                        LOOK.toMillis(),
                        LOOK.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            result.get();
            watch.isIn("");
        } catch (ExecutionException e) {
            watch.isIn("failed");
            throw failed(e);
        } finally {
            looks.cancel(true);
            looking.shutdownNow();
            watch.end();
        }
    }

    private Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "pulse");
        thread.setDaemon(true);
        return thread;
    }

    private static Exception failed(ExecutionException e) {
        Failure failure = Failure.of(e);
        return failure.isMendable() ? new UserError("the job failed: " + failure, e) : e;
    }

    private void look(JobID job) {
        try {
            ExecutionGraphInfo info =
                    cluster.join()
                            .getExecutionGraphInfo(job)
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            ArchivedExecutionGraph graph = info.getArchivedExecutionGraph();
            watch.isIn(
                    graph.getState() == JobStatus.RUNNING
                            ? ""
                            : graph.getState().name().toLowerCase(Locale.ROOT));
            tellCheckpoints(graph.getCheckpointStatsSnapshot());
            tellRestarts(info.getExceptionHistory());
            if (!graph.getState().isGloballyTerminalState()) {
                keepTaskManager();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (ExecutionException | TimeoutException e) {
            // The job is just starting or ending: the next look tells more.
            watch.isIn("starting");
        }
        watch.tick();
    }

    /**
     * Starts another TaskManager if the one of this process has ended, as the supervisor of a real
     * cluster would. Some failures, such as an OutOfMemoryError, end the TaskManager, and the job
     * would wait forever.
     */
    private void keepTaskManager()
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean isThere =
                cluster.join()
                                .requestClusterOverview()
                                .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                                .getNumTaskManagersConnected()
                        > 0;
        boolean hasFailed = lastFailure != Long.MIN_VALUE;
        if (isThere) {
            awaitsTaskManager = false;
        } else if (hasFailed && !awaitsTaskManager) {
            awaitsTaskManager = true;
            watch.taskManagerEnded();
            try {
                cluster.join().startTaskManager();
            } catch (Exception e) {
                watch.taskManagerMissing(Failure.of(e));
            }
        }
    }

    private void tellRestarts(Iterable<RootExceptionHistoryEntry> failures) {
        long newest = lastFailure;
        for (RootExceptionHistoryEntry failure : failures) {
            if (failure.getTimestamp() > lastFailure) {
                newest = Math.max(newest, failure.getTimestamp());
                watch.restarted(
                        Failure.of(
                                failure.getException()
                                        .deserializeError(getClass().getClassLoader())));
            }
        }
        lastFailure = newest;
    }

    private void tellCheckpoints(CheckpointStatsSnapshot checkpoints) {
        if (checkpoints == null
                || checkpoints.getCounts().getNumberOfFailedCheckpoints() == failedCheckpoints) {
            return;
        }
        failedCheckpoints = checkpoints.getCounts().getNumberOfFailedCheckpoints();
        FailedCheckpointStats latest = checkpoints.getHistory().getLatestFailedCheckpoint();
        if (latest != null && latest.getFailureMessage() != null) {
            watch.checkpointFailed(Failure.of(latest.getFailureMessage()));
        }
    }
}
