package io.tickformer.inference;

import io.tickformer.annotation.Public;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.incremental.IncrementalEvaluator;
import io.tickformer.inference.incremental.IncrementalModel;
import io.tickformer.inference.incremental.KeyValueMemory;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.window.BatchEvaluator;
import io.tickformer.inference.window.ForeignEvaluator;
import io.tickformer.inference.window.WindowEvaluator;
import io.tickformer.model.CacheLayout;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.NetworkArchitecture;
import java.time.Duration;
import java.util.Optional;

/**
 * A model that can forecast: an ONNX graph in a session, and the spec of its inputs and outputs.
 *
 * <p>Threads may share it, each with a {@link MicroBatch} of its own. Close it after its last use;
 * {@link SharedModels} does so.
 */
@Public
public final class ForecastModel implements AutoCloseable {
    private final GraphRunner runner;
    private final ForecastSpec spec;
    private final String name;
    private final String version;
    private final int fixedRows;
    private final float[] weights; // null where the model cannot be evaluated incrementally
    private IncrementalModel incremental; // opened when it is first needed

    /**
     * @param fixedRows the number of series that the graph was exported for; 0 for any number
     * @param weights of a network of ours; null for a foreign model
     */
    ForecastModel(
            GraphRunner runner,
            ForecastSpec spec,
            String name,
            String version,
            int fixedRows,
            float[] weights) {
        this.runner = runner;
        this.spec = spec;
        this.name = name;
        this.version = version;
        this.fixedRows = fixedRows;
        this.weights = objectionTo(spec, runner.provider()).isEmpty() ? weights : null;
    }

    /**
     * Opens a file that carries its own spec.
     *
     * @throws InferenceException if the file carries no spec, is no ONNX file or is refused by
     *     {@link OnnxCheck}, if graph and spec differ, or if the provider is not available
     */
    public static ForecastModel open(byte[] onnx, ExecutionProvider provider) {
        return open(onnx, null, provider);
    }

    /**
     * Opens a file, foreign or our own.
     *
     * @param foreign the spec of a foreign model; null for a file that carries its own
     * @throws InferenceException as above
     */
    public static ForecastModel open(
            byte[] onnx, ForecastSpec foreign, ExecutionProvider provider) {
        return open(onnx, foreign, provider, ModelSmokeTest.PATIENCE);
    }

    /**
     * Opens a file, as above.
     *
     * @param patience how long the first forecasts may take
     */
    static ForecastModel open(
            byte[] onnx, ForecastSpec foreign, ExecutionProvider provider, Duration patience) {
        return ModelLoader.open(onnx, foreign, provider, patience);
    }

    /** Computes forecasts once, and refuses a model that fails, hangs or answers NaN. */
    void tryOut(Duration patience) {
        try (MicroBatch batch = newMicroBatch(runner.within(patience), 2, ForecastSelection.ALL)) {
            ModelSmokeTest.require(spec, batch);
        }
    }

    /**
     * Makes a micro-batch for one thread.
     *
     * @param capacity contexts it takes, at least 1
     * @throws InferenceException if the selection asks for what the model does not answer
     */
    public MicroBatch newMicroBatch(int capacity, ForecastSelection emitted) {
        return newMicroBatch(runner, capacity, emitted);
    }

    private MicroBatch newMicroBatch(GraphRunner graph, int capacity, ForecastSelection emitted) {
        requireRoom(capacity);
        int steps = emitted.stepsOf(spec);
        int[] levels = emitted.levelsOf(spec);
        BatchEvaluator evaluator =
                spec.architecture() instanceof ForeignArchitecture architecture
                        ? new ForeignEvaluator(graph, spec, architecture, fixedRows, capacity)
                        : new WindowEvaluator(graph, spec, capacity);
        return new MicroBatch(this, evaluator, capacity, steps, levels);
    }

    /**
     * Makes an incremental micro-batch for one thread. It has a cache, and computes the new ticks
     * of a series only. Its forecasts equal those of {@link #newMicroBatch(int, ForecastSelection)}
     * up to rounding.
     *
     * @param capacity contexts it takes, at least 1
     * @throws InferenceException if the model cannot be evaluated incrementally, if incremental
     *     evaluation gives other answers than the file, or if the selection asks for what the model
     *     does not answer
     */
    public MicroBatch newIncrementalMicroBatch(
            int capacity, ForecastSelection emitted, CacheOptions cache) {
        requireRoom(capacity);
        int steps = emitted.stepsOf(spec);
        int[] levels = emitted.levelsOf(spec);
        BatchEvaluator evaluator = new IncrementalEvaluator(incremental(), cache, capacity);
        return new MicroBatch(this, evaluator, capacity, steps, levels);
    }

    private static void requireRoom(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "the capacity of a micro-batch is %d; expected at least 1".formatted(capacity));
        }
    }

    /**
     * Why this model cannot be evaluated incrementally; empty if nothing speaks against it. It may
     * still be refused later, when {@link IncrementalCheck} compares its answers with those of full
     * evaluation.
     */
    public Optional<String> objectionToIncremental() {
        return objectionTo(spec, provider());
    }

    private static Optional<String> objectionTo(ForecastSpec spec, ExecutionProvider provider) {
        if (!(spec.architecture() instanceof NetworkArchitecture network)) {
            return Optional.of("it was made elsewhere, and of its graph only the whole is known");
        }
        if (!network.isIncremental()) {
            return Optional.of(
                    "its answer depends on the whole context in ways that move with every tick;"
                            + " a transformer with banded attention and rotary positions, as the"
                            + " preset streaming makes, can be");
        }
        return provider == ExecutionProvider.CPU
                ? Optional.empty()
                : Optional.of(
                        "it runs on a GPU, which would copy the cache to and fro at every call");
    }

    /**
     * Off-heap memory of a cache for each series.
     *
     * @throws IllegalArgumentException if the model cannot be evaluated incrementally
     */
    public long cacheBytesPerSeries() {
        return KeyValueMemory.seriesBytes(CacheLayout.of(spec), spec.network().patchLength());
    }

    /** Opens the sessions for incremental evaluation once, and compares them with the file. */
    private synchronized IncrementalModel incremental() {
        if (incremental != null) {
            return incremental;
        }
        objectionToIncremental()
                .ifPresent(
                        why -> {
                            throw new InferenceException(
                                    "model %s cannot be evaluated incrementally: %s; use mode full"
                                            .formatted(name, why));
                        });
        IncrementalModel opened = IncrementalModel.open(spec, weights);
        try {
            IncrementalCheck.require(this, opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        incremental = opened;
        return incremental;
    }

    GraphRunner runner() {
        return runner;
    }

    /** The spec of its inputs and outputs. */
    public ForecastSpec spec() {
        return spec;
    }

    /** The model's name, which its forecasts carry; the graph's name for a foreign file. */
    public String name() {
        return name;
    }

    /** The model's version; the start of the file's SHA-256 for a foreign file. */
    public String version() {
        return version;
    }

    /** The execution provider. */
    public ExecutionProvider provider() {
        return runner.provider();
    }

    /** Releases the sessions. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (incremental != null) {
            incremental.close();
        }
        runner.close();
    }
}
