package io.tickformer.inference.incremental;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.IncrementalGraphs;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import java.util.Map;

/**
 * The sessions for incremental evaluation, whose graphs are derived from a model's file: the step
 * graph computes one new token per series, the prefill graph whole contexts. Threads may share it.
 */
@Internal
public final class IncrementalModel implements AutoCloseable {
    private final ForecastSpec spec;
    private final CacheLayout layout;
    private final double[] turns;
    private final GraphRunner step;
    private final GraphRunner prefill;

    private IncrementalModel(
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
     * @param flat the weights, as the file holds them
     */
    public static IncrementalModel open(ForecastSpec spec, float[] flat) {
        IncrementalGraphs graphs = new IncrementalGraphs(spec);
        GraphRunner step = open(OnnxWriter.write(graphs.incremental(flat), Map.of()));
        try {
            return new IncrementalModel(
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

    /**
     * Makes a batch of new tokens.
     *
     * @param answers whether forecasts are computed, or only keys and values
     */
    TokenBatch newTokens(KeyValueMemory memory, int capacity, boolean answers) {
        TokenTensors tensors = new TokenTensors(step, spec, layout, turns, capacity, answers);
        return new TokenBatch(tensors, layout, memory, capacity);
    }

    PrefillBatch newPrefills(KeyValueMemory memory, int capacity) {
        return new PrefillBatch(prefill, spec, layout, memory, turns, capacity);
    }

    @Override
    public void close() {
        step.close();
        prefill.close();
    }
}
