package io.tickformer.inference;

import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.incremental.DerivedModel;
import io.tickformer.inference.incremental.IncrementalTensors;
import io.tickformer.inference.incremental.KeyValueMemory;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.Provider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.inference.window.BatchTensors;
import io.tickformer.inference.window.ForeignTensors;
import io.tickformer.inference.window.WindowTensors;
import io.tickformer.model.CacheLayout;
import io.tickformer.onnx.OnnxCheck;
import io.tickformer.onnx.OnnxException;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.NetworkArchitecture;
import io.tickformer.spec.SpecException;
import java.time.Duration;
import java.util.Optional;

/**
 * A forecaster: an ONNX graph and the spec that says what goes in and comes out.
 *
 * <p>May be shared by threads, each with a {@link MicroBatch} of its own. {@link #close} must come
 * after the last of them has been used; {@link SharedModels} sees to that.
 */
public final class ForecastModel implements AutoCloseable {
    private final GraphRunner runner;
    private final ForecastSpec spec;
    private final String name;
    private final String version;
    private final int fixedRows;
    private final float[] parameters; // null where no graphs are derived
    private DerivedModel derived; // opened when first asked for

    private ForecastModel(
            GraphRunner runner,
            ForecastSpec spec,
            String name,
            String version,
            int fixedRows,
            float[] parameters) {
        this.runner = runner;
        this.spec = spec;
        this.name = name;
        this.version = version;
        this.fixedRows = fixedRows;
        this.parameters = parameters;
    }

    /**
     * Opens a file that carries its own spec.
     *
     * @throws InferenceException if it carries none, it is no ONNX file or one that {@link
     *     OnnxCheck} refuses, graph and spec differ, or the provider is not there
     */
    public static ForecastModel open(byte[] onnx, Provider provider) {
        return open(onnx, null, provider);
    }

    /**
     * Opens a file, foreign or our own.
     *
     * @param foreign the spec of a forecaster made elsewhere; null for a file that carries its own
     * @throws InferenceException as above
     */
    public static ForecastModel open(byte[] onnx, ForecastSpec foreign, Provider provider) {
        return open(onnx, foreign, provider, ModelTrial.PATIENCE);
    }

    /**
     * As the others.
     *
     * @param patience how long the model may take for its first forecasts
     */
    static ForecastModel open(
            byte[] onnx, ForecastSpec foreign, Provider provider, Duration patience) {
        OnnxFile file = readChecked(onnx, foreign);
        GraphRunner runner = GraphRunner.open(onnx, new RunnerOptions(provider, 1));
        try {
            ForecastModel model =
                    foreign == null
                            ? ownModel(runner, requireMetadata(file), file)
                            : foreignModel(runner, foreign, onnx);
            model.tryOut(patience);
            return model;
        } catch (RuntimeException | Error e) {
            // An error too: direct memory may run out, and the session has no other owner yet.
            runner.close();
            throw e;
        }
    }

    /** A network of ours is held to what our files keep, anything else to what ONNX asks. */
    private static OnnxFile readChecked(byte[] onnx, ForecastSpec foreign) {
        try {
            OnnxFile file = OnnxFile.read(onnx);
            if (foreign == null
                    && requireMetadata(file).spec().architecture() instanceof NetworkArchitecture) {
                OnnxCheck.requireOwn(file);
            } else {
                OnnxCheck.require(file);
            }
            return file;
        } catch (OnnxException e) {
            throw new InferenceException(e.getMessage(), e);
        }
    }

    private static ForecastModel ownModel(
            GraphRunner runner, ModelMetadata metadata, OnnxFile file) {
        ForecastSpec spec = metadata.spec();
        int fixedRows = 0;
        float[] weights = null;
        if (spec.architecture() instanceof ForeignArchitecture architecture) {
            fixedRows = ForeignTensors.check(runner, spec, architecture);
        } else {
            WindowTensors.check(runner, spec);
            weights = NetworkWeights.read(spec, file);
        }
        return new ForecastModel(
                runner,
                spec,
                metadata.name(),
                metadata.version(),
                fixedRows,
                objectionTo(spec, runner.provider()).isEmpty() ? weights : null);
    }

    /** Why nothing can be computed incrementally; empty where it can. */
    private static Optional<String> objectionTo(ForecastSpec spec, Provider provider) {
        if (!(spec.architecture() instanceof NetworkArchitecture network)) {
            return Optional.of("it was made elsewhere, and of its graph only the whole is known");
        }
        if (!network.isIncremental()) {
            return Optional.of(
                    "its answer depends on the whole context in ways that move with every tick;"
                            + " a transformer with banded attention and rotary positions, as the"
                            + " preset streaming makes, can be");
        }
        return provider == Provider.CPU
                ? Optional.empty()
                : Optional.of(
                        "it runs on a GPU, which would copy the cache to and fro at every call");
    }

    private static ModelMetadata requireMetadata(OnnxFile file) {
        Optional<ModelMetadata> metadata;
        try {
            metadata = ModelMetadata.fromProperties(file.metadata());
        } catch (SpecException e) {
            throw new InferenceException("the file's own spec is at fault: " + e.getMessage(), e);
        }
        return metadata.orElseThrow(
                () ->
                        new InferenceException(
                                "the ONNX file carries no Tickformer spec; for a model made"
                                        + " elsewhere, give a spec file (model.spec) that"
                                        + " names its inputs and outputs"));
    }

    private static ForecastModel foreignModel(GraphRunner runner, ForecastSpec spec, byte[] onnx) {
        if (!(spec.architecture() instanceof ForeignArchitecture architecture)) {
            throw new InferenceException(
                    "the given spec describes a network of Tickformer's own, whose file carries"
                            + " its spec itself; expected kind foreign");
        }
        int fixedRows = ForeignTensors.check(runner, spec, architecture);
        String name = runner.graphName().isBlank() ? "foreign" : runner.graphName();
        return new ForecastModel(
                runner, spec, name, ContentHash.of(onnx).substring(0, 12), fixedRows, null);
    }

    private void tryOut(Duration patience) {
        try (MicroBatch batch = newMicroBatch(runner.within(patience), 2, Selection.ALL)) {
            ModelTrial.require(spec, batch);
        }
    }

    /**
     * A micro-batch for one thread.
     *
     * @param capacity contexts it takes, at least 1
     * @throws InferenceException if the selection asks for what the model does not answer
     */
    public MicroBatch newMicroBatch(int capacity, Selection emitted) {
        return newMicroBatch(runner, capacity, emitted);
    }

    private MicroBatch newMicroBatch(GraphRunner graph, int capacity, Selection emitted) {
        requireRoom(capacity);
        int steps = emitted.stepsOf(spec);
        int[] levels = emitted.levelsOf(spec);
        BatchTensors tensors =
                spec.architecture() instanceof ForeignArchitecture architecture
                        ? new ForeignTensors(spec, architecture, fixedRows, capacity)
                        : new WindowTensors(spec, capacity);
        return new MicroBatch(this, graph, tensors, capacity, steps, levels);
    }

    /**
     * A micro-batch for one thread that computes of every series what is new, and keeps a cache for
     * that. Its forecasts equal those of {@link #newMicroBatch(int, Selection)} up to rounding.
     *
     * @param capacity contexts it takes, at least 1
     * @throws InferenceException if the model cannot be evaluated incrementally, or its derived
     *     graphs do not answer as its file does; or if the selection asks for what the model does
     *     not answer
     */
    public MicroBatch newIncrementalMicroBatch(
            int capacity, Selection emitted, CacheOptions cache) {
        requireRoom(capacity);
        int steps = emitted.stepsOf(spec);
        int[] levels = emitted.levelsOf(spec);
        BatchTensors tensors = new IncrementalTensors(derived(), cache, capacity);
        return new MicroBatch(this, runner, tensors, capacity, steps, levels);
    }

    private static void requireRoom(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "the capacity of a micro-batch is %d; expected at least 1".formatted(capacity));
        }
    }

    /**
     * Why forecasts of this model cannot be computed incrementally; empty where they can, unless
     * its derived graphs turn out not to answer as its file does.
     */
    public Optional<String> objectionToIncremental() {
        return objectionTo(spec, provider());
    }

    /**
     * Off-heap memory that a cache takes for each series.
     *
     * @throws IllegalArgumentException if the model cannot be evaluated incrementally
     */
    public long cacheBytesPerSeries() {
        return KeyValueMemory.seriesBytes(CacheLayout.of(spec), spec.network().patchLength());
    }

    /** Opens the derived graphs once, and holds them to the window graph. */
    private synchronized DerivedModel derived() {
        if (derived != null) {
            return derived;
        }
        objectionToIncremental()
                .ifPresent(
                        why -> {
                            throw new InferenceException(
                                    "model %s cannot be evaluated incrementally: %s; use mode full"
                                            .formatted(name, why));
                        });
        DerivedModel opened = DerivedModel.open(spec, parameters);
        try {
            IncrementalCheck.require(this, opened);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
        derived = opened;
        return derived;
    }

    GraphRunner runner() {
        return runner;
    }

    /** What goes in and comes out. */
    public ForecastSpec spec() {
        return spec;
    }

    /** The model's name, as its forecasts carry it; the graph's name for a foreign file. */
    public String name() {
        return name;
    }

    /** The model's version; the start of the file's SHA-256 for a foreign file. */
    public String version() {
        return version;
    }

    /** What executes it. */
    public Provider provider() {
        return runner.provider();
    }

    /** Releases the session. Closing again does nothing. */
    @Override
    public synchronized void close() {
        if (derived != null) {
            derived.close();
        }
        runner.close();
    }
}
