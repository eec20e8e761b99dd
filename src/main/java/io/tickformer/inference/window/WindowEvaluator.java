package io.tickformer.inference.window;

import io.tickformer.annotation.Internal;
import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.spec.ForecastSpec;
import java.util.List;
import java.util.Map;

/** Evaluates the window graph of our own models: every row from its whole context. */
@Internal
public final class WindowEvaluator implements BatchEvaluator {
    private final GraphRunner runner;
    private final WindowTensors tensors;
    private int size;

    /**
     * @param capacity rows it takes, at least 1
     */
    public WindowEvaluator(GraphRunner runner, ForecastSpec spec, int capacity) {
        this.runner = runner;
        this.tensors = new WindowTensors(spec, capacity);
    }

    @Override
    public List<Frame> add(String series, SeriesContext context) {
        return tensors.encode(context, size++);
    }

    @Override
    public void run() {
        tensors.run(runner, 0, size, Map.of(), Map.of());
    }

    @Override
    public void read(int row, float[] quantiles, float[] mean) {
        tensors.read(row, quantiles, mean);
    }

    @Override
    public void clear() {
        size = 0;
    }

    @Override
    public void close() {
        tensors.close();
    }
}
