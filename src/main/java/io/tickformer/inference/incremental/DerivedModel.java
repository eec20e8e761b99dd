package io.tickformer.inference.incremental;

import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.IncrementalGraphs;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import java.util.Map;

/**
 * The sessions of the graphs that are derived from a model's file: step and prefill. Shared by
 * threads as the model is.
 */
public final class DerivedModel implements AutoCloseable {
    private final ForecastSpec spec;
    private final CacheLayout layout;
    private final double[] turns;
    private final GraphRunner step;
    private final GraphRunner prefill;

    private DerivedModel(
            ForecastSpec spec, IncrementalGraphs graphs, GraphRunner step, GraphRunner prefill) {
        this.spec = spec;
        this.layout = graphs.layout();
        this.turns = graphs.rotaryAngles();
        this.step = step;
        this.prefill = prefill;
    }

    /**
     * Derives and opens the graphs.
     *
     * @param flat the parameters, as the file holds them
     */
    public static DerivedModel open(ForecastSpec spec, float[] flat) {
        IncrementalGraphs graphs = new IncrementalGraphs(spec);
        GraphRunner step = open(OnnxWriter.write(graphs.incremental(flat), Map.of()));
        try {
            return new DerivedModel(
                    spec, graphs, step, open(OnnxWriter.write(graphs.prefill(flat), Map.of())));
        } catch (RuntimeException | Error e) {
            step.close();
            throw e;
        }
    }

    private static GraphRunner open(byte[] onnx) {
        return GraphRunner.open(onnx, RunnerOptions.SERVING);
    }

    ForecastSpec spec() {
        return spec;
    }

    CacheLayout layout() {
        return layout;
    }

    StepRows newSteps(KeyValueMemory memory, int capacity, boolean answers) {
        return new StepRows(step, spec, layout, memory, turns, capacity, answers);
    }

    PrefillRows newPrefills(KeyValueMemory memory, int capacity) {
        return new PrefillRows(prefill, spec, layout, memory, turns, capacity);
    }

    @Override
    public void close() {
        step.close();
        prefill.close();
    }
}
