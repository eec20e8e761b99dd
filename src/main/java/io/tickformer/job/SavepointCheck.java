package io.tickformer.job;

import io.tickformer.flow.ForecastPipeline;
import io.tickformer.flow.TickAccumulatorSerializer;
import io.tickformer.operator.SavedContexts;
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
 * Says before a job starts why it cannot go on from the savepoint it is to go on from. Without it
 * the job would be submitted, and its tasks would fail and be restarted without end.
 */
final class SavepointCheck {
    /** What Flink calls the state of a window. */
    private static final String WINDOW_CONTENTS = "window-contents";

    /** Of a program that runs in the JobManager: Application mode. */
    private static final String EMBEDDED = "embedded";

    private final String path;
    private final Configuration configuration;

    private SavepointCheck(String path, Configuration configuration) {
        this.path = path;
        this.configuration = configuration;
    }

    /**
     * Checks the savepoint that the configuration names, if any.
     *
     * @param graph the job, as it is about to be submitted
     * @param configuration of the job, that of the command line included
     * @param spec of the model it runs
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
                    ("the savepoint %s cannot be read: %s; where this machine does not reach it,"
                                    + " set %s to false")
                            .formatted(
                                    path.get(),
                                    e.getMessage(),
                                    RuntimeOptions.CHECKPOINT_PREFLIGHT.key()),
                    e);
        }
    }

    /**
     * Whether this may be a JobManager that took over from another: it runs the program again and
     * goes on from the latest checkpoint; the savepoint of the first start may be gone by then.
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
                        ("it has state of an operator %s, and the job has none: it is of another"
                                        + " job or of other settings, such as a topic that was left"
                                        + " out since. To drop that state, set %s%s to true, or use"
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
                    ("it was written for at most %d subtasks, and %s is %d: start with no more, or"
                                    + " without the savepoint and with a larger %s")
                            .formatted(
                                    most,
                                    RuntimeOptions.PARALLELISM.key(),
                                    node.getParallelism(),
                                    RuntimeOptions.MAX_PARALLELISM.key()));
        }
        if (node.getMaxParallelism() > 0 && node.getMaxParallelism() != most) {
            throw refused(
                    "it was written for at most %d subtasks, and %s is %d: leave that out"
                            .formatted(
                                    most,
                                    RuntimeOptions.MAX_PARALLELISM.key(),
                                    node.getMaxParallelism()));
        }
    }

    /** Checkpoints, and savepoints where asked for, are written as the state backend keeps them. */
    private void form(Savepoint savepoint) {
        Optional<Savepoint.Form> form = savepoint.form(ForecastPipeline.FORECASTS);
        // Where it is not set here it may be set where the job runs.
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
                    ("its form is that of the state backend %s, and the job has %s: take a savepoint"
                                    + " in the canonical form (flink stop --type canonical), or set"
                                    + " %s to %s")
                            .formatted(
                                    reader.flinkName(),
                                    backend.get(),
                                    RuntimeOptions.STATE_BACKEND.key(),
                                    OptionDescriptor.text(reader)));
        }
    }

    private void contexts(Savepoint savepoint, ForecastSpec spec) throws IOException {
        Optional<TypeSerializerSnapshot<?>> saved =
                savepoint.serializer(ForecastPipeline.FORECASTS, SavedContexts.STATE);
        if (saved.isPresent()) {
            Optional<String> objection = SavedContexts.objection(saved.get(), spec);
            if (objection.isPresent()) {
                throw refused(objection.get());
            }
        }
    }

    /** Ticks that were open. */
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
                "the job cannot go on from the savepoint %s: %s".formatted(path, reason));
    }
}
