package io.tickformer.cli.demo;

import io.tickformer.cli.UserError;
import io.tickformer.cli.process.RunDirectory;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The forecasting job, wired as on any cluster, in a Flink mini cluster of this process. */
final class DemoJob implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long NEEDED_BYTES = 64L << 20;
    private static final String CHECKPOINT_INTERVAL = "1 s";

    private final RunDirectory directory;
    private final JobClient client;
    private final CompletableFuture<JobExecutionResult> result;

    private DemoJob(RunDirectory directory, JobClient client) {
        this.directory = directory;
        this.client = client;
        this.result = client.getJobExecutionResult();
    }

    /**
     * Starts the job.
     *
     * @param bounded whether it ends with the records that are there now
     */
    static DemoJob start(DemoSettings demo, Servers servers, boolean bounded) {
        JobSettings settings = JobSettings.of(settings(demo, servers, bounded));
        RunDirectory directory = RunDirectory.create("tickformer-job-", NEEDED_BYTES);
        Configuration configuration = new Configuration();
        // Flink leaves files of 24 MB behind on Ctrl-C.
        configuration.set(CoreOptions.TMP_DIRS, directory.path().toString());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(
                        demo.parallelism(), configuration);
        boolean started = false;
        try {
            ForecastJob.wire(environment, settings);
            DemoJob job = new DemoJob(directory, execute(environment));
            started = true;
            return job;
        } finally {
            if (!started) {
                directory.close();
            }
        }
    }

    private static JobClient execute(StreamExecutionEnvironment environment) {
        try {
            return environment.executeAsync("tickformer demo");
        } catch (Exception e) {
            throw failed(e);
        }
    }

    private static Map<String, String> settings(
            DemoSettings demo, Servers servers, boolean bounded) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", servers.bootstrapServers());
        settings.put("kafka.group-id", demo.topics().observations());
        settings.put("registry.url", servers.registryUrl().toString());
        settings.put("source.topics", demo.topics().observations());
        settings.put("source.start", "earliest");
        settings.put("source.bounded", String.valueOf(bounded));
        settings.put("source.out-of-orderness", demo.outOfOrderness().toMillis() + " ms");
        settings.put("source.idleness", "5 s");
        settings.put("sink.topic", demo.topics().forecasts());
        settings.put("sink.dead-letter-topic", demo.topics().deadLetters());
        settings.put("sink.late-topic", demo.topics().late());
        settings.put("sink.transactional-id-prefix", demo.topics().forecasts());
        settings.put("model.path", demo.model().toString());
        settings.put("model.tick", demo.spec().tickMillis() + " ms");
        settings.put("model.provider", demo.provider().name().toLowerCase(Locale.ROOT));
        settings.put("job.parallelism", String.valueOf(demo.parallelism()));
        settings.put("checkpoint.interval", CHECKPOINT_INTERVAL);
        // Whatever fails here fails again: say so at once.
        settings.put("flink.restart-strategy.type", "none");
        return settings;
    }

    /** Whether the job has ended, in whatever way. */
    boolean hasEnded() {
        return result.isDone();
    }

    /**
     * Fails if the job has failed.
     *
     * @throws UserError with the innermost reason
     */
    void check() {
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
