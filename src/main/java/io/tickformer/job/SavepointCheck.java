package io.tickformer.job;

import io.tickformer.flow.ForecastPipeline;
import io.tickformer.flow.TickAccumulatorSerializer;
import io.tickformer.operator.SavedContextCheck;
import io.tickformer.spec.ForecastSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.jobmanager.HighAvailabilityMode;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/**
 * Checks before a job starts whether it can be restored from its savepoint. Otherwise the job would
 * be submitted, and its tasks would fail and restart endlessly.
 */
final class SavepointCheck {
    /** Flink's name of the window state. */
    private static final String WINDOW_CONTENTS = "window-contents";

    /** Execution target of a program that runs in the JobManager: Application mode. */
    private static final String EMBEDDED = "embedded";

    private final String path;
    private final Configuration configuration;

    private SavepointCheck(String path, Configuration configuration) {
        this.path = path;
        this.configuration = configuration;
    }

    /**
     * Checks the savepoint in the configuration, if any.
     *
     * @param graph the job that is about to be submitted
     * @param configuration configuration of the job, including the command line
     * @param spec spec of the model
     * @throws OptionException if the savepoint cannot be read, or its state does not fit
     */
    static void check(StreamGraph graph, Configuration configuration, ForecastSpec spec) {
        Optional<String> path = configuration.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
        if (path.isEmpty()) {
            return;
        }
        SavepointCheck check = new SavepointCheck(path.get(), configuration);
        try {
            Savepoint savepoint = Savepoint.read(path.get());
            check.operators(savepoint, graph);
            check.form(savepoint);
            check.contexts(savepoint, spec);
            check.windows(savepoint);
        } catch (FileNotFoundException e) {
            if (!mayTakeOver(configuration)) {
                throw new OptionException(
                        "there is no savepoint %s; expected its folder or _metadata file"
                                .formatted(path.get()),
                        e);
            }
        } catch (IOException e) {
            throw new OptionException(
                    ("cannot read the savepoint %s: %s; if this machine cannot reach it, set %s to"
                                    + " false")
                            .formatted(
                                    path.get(),
                                    e.getMessage(),
                                    RuntimeOptions.CHECKPOINT_PREFLIGHT.key()),
                    e);
        }
    }

    /**
     * Returns whether this may be a JobManager that took over from another one. It runs the program
     * again and continues from the latest checkpoint. The savepoint of the first start may not
     * exist any more.
     */
    static boolean mayTakeOver(Configuration configuration) {
        return EMBEDDED.equals(configuration.get(DeploymentOptions.TARGET))
                && HighAvailabilityMode.isHighAvailabilityModeActivated(configuration);
    }

    private void operators(Savepoint savepoint, StreamGraph graph) {
        Map<OperatorID, StreamNode> ofJob = new HashMap<>();
        for (StreamNode node : graph.getStreamNodes()) {
            ofJob.put(Savepoint.id(node.getTransformationUID()), node);
        }
        for (OperatorState saved : savepoint.withState()) {
            StreamNode node = ofJob.get(saved.getOperatorID());
            if (node != null) {
                parallelism(saved, node);
            } else if (!configuration.get(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE)) {
                throw refused(
                        ("it has state of operator %s, which the job does not have: it is from"
                                        + " another job, or from other settings, such as a topic"
                                        + " that was"
                                        + " removed since. To drop that state, set %s%s to true, or"
                                        + " use"
                                        + " flink run --allowNonRestoredState")
                                .formatted(
                                        saved.getOperatorUid()
                                                .orElse(saved.getOperatorID().toString()),
                                        RuntimeOptions.FLINK_PREFIX,
                                        StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE
                                                .key()));
            }
        }
    }

    private void parallelism(OperatorState saved, StreamNode node) {
        int most = saved.getMaxParallelism();
        if (node.getParallelism() > most) {
            throw refused(
                    ("it was written for at most %d subtasks, but %s is %d: start with a lower"
                                    + " parallelism, or without the savepoint and with a larger %s")
                            .formatted(
                                    most,
                                    RuntimeOptions.PARALLELISM.key(),
                                    node.getParallelism(),
                                    RuntimeOptions.MAX_PARALLELISM.key()));
        }
        if (node.getMaxParallelism() > 0 && node.getMaxParallelism() != most) {
            throw refused(
                    "it was written for at most %d subtasks, but %s is %d: remove this setting"
                            .formatted(
                                    most,
                                    RuntimeOptions.MAX_PARALLELISM.key(),
                                    node.getMaxParallelism()));
        }
    }

    /**
     * CheckpointConfiguration, and savepoints on request, are in the native format of the state
     * backend.
     */
    private void form(Savepoint savepoint) {
        Optional<Savepoint.Form> form = savepoint.form(ForecastPipeline.FORECASTS);
        // If it is not set here, it may be set on the cluster.
        Optional<String> backend = configuration.getOptional(StateBackendOptions.STATE_BACKEND);
        if (form.isEmpty() || backend.isEmpty()) {
            return;
        }
        RuntimeOptions.StateBackend reader =
                switch (form.get()) {
                    case CANONICAL -> null;
                    case HEAP -> RuntimeOptions.StateBackend.HEAP;
                    case ROCKSDB -> RuntimeOptions.StateBackend.ROCKSDB;
                };
        if (reader != null && !reader.flinkName().equals(backend.get())) {
            throw refused(
                    ("it is in the native format of the state backend %s, but the job uses %s: take"
                                    + " a savepoint in the canonical format (flink stop --type"
                                    + " canonical),"
                                    + " or set %s to %s")
                            .formatted(
                                    reader.flinkName(),
                                    backend.get(),
                                    RuntimeOptions.STATE_BACKEND.key(),
                                    OptionDescriptor.text(reader)));
        }
    }

    private void contexts(Savepoint savepoint, ForecastSpec spec) throws IOException {
        Optional<TypeSerializerSnapshot<?>> saved =
                savepoint.serializer(ForecastPipeline.FORECASTS, SavedContextCheck.STATE);
        if (saved.isPresent()) {
            Optional<String> objection = SavedContextCheck.objection(saved.get(), spec);
            if (objection.isPresent()) {
                throw refused(objection.get());
            }
        }
    }

    /** Checks the open ticks. */
    private void windows(Savepoint savepoint) throws IOException {
        Class<?> written = TickAccumulatorSerializer.INSTANCE.snapshotConfiguration().getClass();
        Optional<TypeSerializerSnapshot<?>> saved =
                savepoint.serializer(ForecastPipeline.TICKS, WINDOW_CONTENTS);
        if (saved.isPresent() && saved.get().getClass() != written) {
            throw refused(
                    "its open ticks were written by %s; expected %s"
                            .formatted(saved.get().getClass().getName(), written.getName()));
        }
    }

    private OptionException refused(String reason) {
        return new OptionException(
                "the job cannot start from the savepoint %s: %s".formatted(path, reason));
    }
}
