package io.tickformer.lab.chaos;

import io.tickformer.console.UserError;
import io.tickformer.job.ForecastJob;
import io.tickformer.job.JobSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A job of a run: the job jar on the cluster, with topics of its own for its output.
 *
 * @param name prefix of its topics
 */
record ChaosJob(String name) {
    private static final long PATIENCE_SECONDS = 120;

    String observations() {
        return name + "-observations";
    }

    String forecasts() {
        return name + "-forecasts";
    }

    String deadLetters() {
        return name + "-dead-letters";
    }

    String late() {
        return name + "-late";
    }

    String scores() {
        return name + "-scores";
    }

    String anomalies() {
        return name + "-anomalies";
    }

    String events() {
        return name + "-events";
    }

    /**
     * Submits the job.
     *
     * @param model the model file
     * @param more additional settings of the job
     * @return a client to cancel it
     */
    JobClient submit(ChaosCluster cluster, Path model, Map<String, String> more) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(
                        "localhost",
                        cluster.restPort(),
                        new Configuration(),
                        cluster.jobJar().toString());
        Map<String, String> settings = settings(cluster, model);
        settings.putAll(more);
        ForecastJob.wire(environment, JobSettings.of(settings));
        try {
            return environment.executeAsync(name);
        } catch (Exception e) {
            throw new UserError("the job cannot be submitted: " + e.getMessage(), e);
        }
    }

    /** Cancels the job and waits until the cluster has free slots. */
    static void cancel(JobClient job, ChaosCluster cluster) {
        try {
            job.cancel().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UserError("the job cannot be cancelled: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while cancelling the job", e);
        }
        cluster.awaitFreeSlots();
    }

    private Map<String, String> settings(ChaosCluster cluster, Path model) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("kafka.bootstrap-servers", cluster.bootstrapServers());
        settings.put("kafka.group-id", name);
        settings.put("registry.url", cluster.registryUrl().toString());
        settings.put("source.topics", observations());
        settings.put("source.start", "earliest");
        settings.put("source.out-of-orderness", ChaosStream.OUT_OF_ORDERNESS + " ms");
        // Which partition is read first is random; no event may become late because of it.
        settings.put("source.idleness", "0 ms");
        settings.put("source.follow-clock", "false");
        settings.put("sink.topic", forecasts());
        settings.put("forecast.from", "earliest");
        settings.put("sink.dead-letter-topic", deadLetters());
        settings.put("sink.late-topic", late());
        settings.put("sink.scores-topic", scores());
        settings.put("sink.anomalies-topic", anomalies());
        settings.put("sink.events-topic", events());
        settings.put("feedback.scores-interval", "5 s");
        settings.put("sink.delivery", "exactly-once");
        settings.put("sink.transactional-id-prefix", name);
        settings.put("model.path", model.toString());
        settings.put("checkpoint.interval", "1 s");
        settings.put("job.parallelism", String.valueOf(ChaosCluster.SLOTS));
        settings.put("job.name", name);
        // Retry forever and soon: every restart fails while a process is down.
        settings.put("flink.restart-strategy.type", "exponential-delay");
        settings.put("flink.restart-strategy.exponential-delay.initial-backoff", "1 s");
        settings.put("flink.restart-strategy.exponential-delay.max-backoff", "5 s");
        settings.put("flink.restart-strategy.exponential-delay.reset-backoff-threshold", "1 min");
        return settings;
    }
}
