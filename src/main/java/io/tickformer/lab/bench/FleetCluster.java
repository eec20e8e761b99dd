package io.tickformer.lab.bench;

import io.tickformer.annotation.Internal;
import io.tickformer.console.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job in a mini cluster with checkpoints on demand. */
@Internal
public final class FleetCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final MiniCluster cluster;
    private final JobID job;

    private FleetCluster(MiniCluster cluster, JobID job) {
        this.cluster = cluster;
        this.job = job;
    }

    /**
     * Starts a job.
     *
     * @param folder for its state and its checkpoints
     * @param wiring wires the job into an environment
     */
    public static FleetCluster start(
            FleetBenchSetup plan, Path folder, Consumer<StreamExecutionEnvironment> wiring)
            throws Exception {
        Configuration configuration = configuration(plan, folder);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(plan.parallelism())
                                .build());
        try {
            cluster.start();
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment(configuration);
            wiring.accept(environment);
            JobGraph graph = environment.getStreamGraph().getJobGraph();
            cluster.submitJob(graph).get();
            return new FleetCluster(cluster, graph.getJobID());
        } catch (Exception e) {
            cluster.close();
            throw e;
        }
    }

    private static Configuration configuration(FleetBenchSetup plan, Path folder) {
        Configuration flink = new Configuration();
        flink.set(CoreOptions.TMP_DIRS, folder.toString());
        flink.set(CoreOptions.DEFAULT_PARALLELISM, plan.parallelism());
        flink.set(PipelineOptions.OBJECT_REUSE, true);
        flink.set(PipelineOptions.GENERIC_TYPES, false);
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, new MemorySize(plan.managedBytes()));
        flink.set(StateBackendOptions.STATE_BACKEND, plan.backend().flinkName());
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                folder.resolve("checkpoints").toUri().toString());
        // No periodic checkpoints.
        flink.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
        flink.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        // The missing ticks in these rings would compress to nothing, unlike real values. Without
        // compression the disk usage is that of rings with real values.
        flink.setString("state.backend.rocksdb.compression.per.level", "NO_COMPRESSION");
        plan.flink().forEach(flink::setString);
        return flink;
    }

    /** Fails if the job has failed. */
    public void check() {
        if (await(cluster.getJobStatus(job)) == JobStatus.FAILED) {
            throw new UserError(
                    "the job failed: " + failure(await(cluster.getExecutionGraph(job))));
        }
    }

    private static String failure(AccessExecutionGraph graph) {
        return graph.getFailureInfo() == null
                ? "no reason given"
                : graph.getFailureInfo().getExceptionAsString().lines().findFirst().orElse("");
    }

    /** Takes a checkpoint. */
    public CompletedCheckpointStats checkpoint() {
        await(cluster.triggerCheckpoint(job));
        return await(cluster.getExecutionGraph(job))
                .getCheckpointStatsSnapshot()
                .getHistory()
                .getLatestCompletedCheckpoint();
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new UserError("the mini cluster does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserError("interrupted while waiting for the mini cluster", e);
        }
    }

    @Override
    public void close() {
        try {
            await(cluster.cancelJob(job));
        } finally {
            await(cluster.closeAsync());
        }
    }
}
