package io.tickformer.process;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job in a Flink mini cluster of this process. Closing it ends the cluster and deletes its
 * temporary files, and so does the orderly end of this process.
 */
@Internal
public final class LocalJob implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NEEDED_BYTES = 64L << 20;

    private final TemporaryFolder directory;
    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    private LocalJob(TemporaryFolder directory, JobClient client) {
        this.directory = directory;
        this.client = client;
        this.result = client.getJobExecutionResult();
    }

    /**
     * Starts a job.
     *
     * @param name the job's name
     * @param parallelism number of subtasks that the cluster has slots for
     * @param wiring adds the job to an environment
     * @throws UserError if the job does not start
     */
    public static LocalJob start(
            String name, int parallelism, Consumer<StreamExecutionEnvironment> wiring) {
        TemporaryFolder directory = TemporaryFolder.create("tickformer-job-", NEEDED_BYTES);
        Configuration configuration = new Configuration();
        // Flink leaves files of 24 MB behind on Ctrl-C, so they go to a folder that is deleted.
        configuration.set(CoreOptions.TMP_DIRS, directory.path().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        boolean started = false;
        try {
            wiring.accept(environment);
            LocalJob job = new LocalJob(directory, execute(environment, name));
            started = true;
            return job;
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    private static JobClient execute(StreamExecutionEnvironment environment, String name) {
        try {
            return environment.executeAsync(name);
        } catch (Exception e) {
            throw failed(e);
        }
    }

    /** Whether the job has finished, failed or been cancelled. */
    public boolean hasEnded() {
        return result.isDone();
    }

    /**
     * Fails if the job has failed.
     *
     * @throws UserError with the innermost reason
     */
    public void check() {
        if (result.isCompletedExceptionally()) {
            try {
                result.get();
            } catch (ExecutionException e) {
                throw failed(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    @Override
    public void close() {
        try (directory) {
            cancel();
        }
    }

    private void cancel() {
        if (hasEnded()) {
            return;
        }
        try {
            client.cancel().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            result.handle((any, failure) -> null).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the job does not let itself be cancelled", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static UserError failed(Exception e) {
        Throwable innermost = e;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String reason = innermost.getMessage();
        return new UserError(
                "the job failed: "
                        + (reason == null
                                ? innermost.toString()
                                : reason.lines().findFirst().orElse("")),
                e);
    }

    private static UserError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UserError("interrupted while waiting for the job", e);
    }
}
