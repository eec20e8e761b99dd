package io.tickformer.inference.window;

import io.tickformer.annotation.Internal;
import io.tickformer.context.Frame;
import io.tickformer.context.GapFillingContextEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.TensorSignature;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Evaluates a foreign forecaster, whatever the layout of its tensors. Rows are kept in arrays and
 * written in the graph's layout when it runs. A graph that was exported for a fixed number of
 * series runs several times; the unused rows of the last run are zeros.
 *
 * <p>If the model has no quantiles, its mean is the answer at every level. If it has no mean, the
 * quantile forecast nearest to the median is the mean.
 */
@Internal
public final class ForeignEvaluator implements BatchEvaluator {
    private static final int MOST_ROWS = 1 << 14;

    private final GraphRunner runner;
    private final ForeignArchitecture architecture;
    private final GapFillingContextEncoder encoder;
    private final int ticks;
    private final int horizon;
    private final int levels;
    private final int median;
    private final int fixedRows;
    private final float[] values; // B x T
    private final float[] observed; // B x T
    private final float[] quantiles; // B x H x Q
    private final float[] mean; // B x H
    private int size;

    /**
     * @param fixedRows the number of series that {@link #check} returned
     * @param capacity rows it takes, at least 1
     */
    public ForeignEvaluator(
            GraphRunner runner,
            ForecastSpec spec,
            ForeignArchitecture architecture,
            int fixedRows,
            int capacity) {
        this.runner = runner;
        this.architecture = architecture;
        this.fixedRows = fixedRows;
        encoder = new GapFillingContextEncoder(spec, architecture.normalised());
        ticks = spec.contextLength();
        horizon = spec.horizon();
        levels = spec.quantileLevels().size();
        median = nearestToMedian(spec.quantileLevels());
        values = new float[capacity * ticks];
        observed = new float[capacity * ticks];
        quantiles = new float[capacity * horizon * levels];
        mean = new float[capacity * horizon];
    }

    /**
     * Checks that a graph reads and writes what the spec says.
     *
     * @return the number of series that the graph was exported for, or 0 for any number
     */
    public static int check(
            GraphRunner runner, ForecastSpec spec, ForeignArchitecture architecture) {
        Map<String, TensorSignature> inputs = runner.inputs();
        Map<String, TensorSignature> outputs = runner.outputs();
        long rows = TensorSignature.SYMBOLIC;
        rows = check(inputs, "input", architecture.values(), spec, rows);
        rows = check(inputs, "input", architecture.observed(), spec, rows);
        rows = check(outputs, "output", architecture.quantiles(), spec, rows);
        rows = check(outputs, "output", architecture.mean(), spec, rows);
        SignatureCheck.requireOnly(
                inputs,
                architecture.observed() == null
                        ? List.of(architecture.values().name())
                        : List.of(architecture.values().name(), architecture.observed().name()));
        if (rows > MOST_ROWS) {
            throw new InferenceException(
                    "the graph is for %d series at a time; expected at most %d, or any number"
                            .formatted(rows, MOST_ROWS));
        }
        return rows == TensorSignature.SYMBOLIC ? 0 : (int) rows;
    }

    private static long check(
            Map<String, TensorSignature> declared,
            String kind,
            ForeignTensor tensor,
            ForecastSpec spec,
            long rowsSoFar) {
        if (tensor == null) {
            return rowsSoFar;
        }
        TensorLayout layout = new TensorLayout(tensor.layout());
        long[] shape =
                layout.shape(0, spec.contextLength(), spec.horizon(), spec.quantileLevels().size());
        long rows = SignatureCheck.require(declared, kind, tensor.name(), layout, shape);
        if (rows != TensorSignature.SYMBOLIC
                && rowsSoFar != TensorSignature.SYMBOLIC
                && rows != rowsSoFar) {
            throw new InferenceException(
                    "%s %s is for %d series, another tensor for %d; expected the same"
                            .formatted(kind, tensor.name(), rows, rowsSoFar));
        }
        return rows == TensorSignature.SYMBOLIC ? rowsSoFar : rows;
    }

    private static int nearestToMedian(List<Double> levels) {
        int nearest = 0;
        for (int i = 1; i < levels.size(); i++) {
            if (Math.abs(levels.get(i) - 0.5) < Math.abs(levels.get(nearest) - 0.5)) {
                nearest = i;
            }
        }
        return nearest;
    }

    @Override
    public boolean answersRaw() {
        return !architecture.normalised();
    }

    @Override
    public List<Frame> add(String series, SeriesContext context) {
        return List.of(encoder.encode(context, values, observed, size++ * ticks));
    }

    @Override
    public void run() {
        int rows = fixedRows == 0 ? size : fixedRows;
        for (int from = 0; from < size; from += rows) {
            runRows(from, Math.min(rows, size - from), rows);
        }
    }

    private void runRows(int from, int filled, int rows) {
        Map<String, HostTensor> inputs = new LinkedHashMap<>();
        Map<String, HostTensor> outputs = new LinkedHashMap<>();
        try {
            scatter(values, architecture.values(), from, filled, rows, inputs);
            if (architecture.observed() != null) {
                scatter(observed, architecture.observed(), from, filled, rows, inputs);
            }
            allocate(architecture.quantiles(), rows, outputs);
            allocate(architecture.mean(), rows, outputs);
            runner.run(inputs, outputs);
            gather(outputs, from, filled, rows);
        } finally {
            inputs.values().forEach(HostTensor::close);
            outputs.values().forEach(HostTensor::close);
        }
    }

    private void scatter(
            float[] source,
            ForeignTensor target,
            int from,
            int filled,
            int rows,
            Map<String, HostTensor> into) {
        TensorLayout layout = new TensorLayout(target.layout());
        long[] shape = layout.shape(rows, ticks, horizon, levels);
        HostTensor tensor = HostTensor.floats(shape);
        into.put(target.name(), tensor);
        FloatBuffer elements = tensor.floats();
        int rowStride = layout.stride('B', shape);
        int tickStride = layout.stride('T', shape);
        for (int row = 0; row < filled; row++) {
            for (int tick = 0; tick < ticks; tick++) {
                elements.put(
                        row * rowStride + tick * tickStride, source[(from + row) * ticks + tick]);
            }
        }
    }

    private void allocate(ForeignTensor target, int rows, Map<String, HostTensor> into) {
        if (target != null) {
            TensorLayout layout = new TensorLayout(target.layout());
            into.put(target.name(), HostTensor.floats(layout.shape(rows, ticks, horizon, levels)));
        }
    }

    private void gather(Map<String, HostTensor> outputs, int from, int filled, int rows) {
        Output quantileOutput = output(outputs, architecture.quantiles(), rows);
        Output meanOutput = output(outputs, architecture.mean(), rows);
        for (int row = 0; row < filled; row++) {
            for (int step = 0; step < horizon; step++) {
                int cell = (from + row) * horizon + step;
                if (meanOutput != null) {
                    mean[cell] = meanOutput.at(row, step, 0);
                }
                for (int level = 0; level < levels; level++) {
                    quantiles[cell * levels + level] =
                            quantileOutput == null
                                    ? mean[cell]
                                    : quantileOutput.at(row, step, level);
                }
                if (meanOutput == null) {
                    mean[cell] = quantiles[cell * levels + median];
                }
            }
        }
    }

    private Output output(Map<String, HostTensor> outputs, ForeignTensor tensor, int rows) {
        if (tensor == null) {
            return null;
        }
        TensorLayout layout = new TensorLayout(tensor.layout());
        long[] shape = layout.shape(rows, ticks, horizon, levels);
        return new Output(
                outputs.get(tensor.name()).floats(),
                layout.stride('B', shape),
                layout.stride('H', shape),
                tensor.layout().indexOf('Q') < 0 ? 0 : layout.stride('Q', shape));
    }

    /** An output tensor, read by row, horizon step and level, whatever its layout. */
    private record Output(FloatBuffer elements, int rowStride, int stepStride, int levelStride) {
        float at(int row, int step, int level) {
            return elements.get(row * rowStride + step * stepStride + level * levelStride);
        }
    }

    @Override
    public void clear() {
        size = 0;
    }

    @Override
    public void read(int row, float[] quantilesOut, float[] meanOut) {
        System.arraycopy(quantiles, row * horizon * levels, quantilesOut, 0, horizon * levels);
        System.arraycopy(mean, row * horizon, meanOut, 0, horizon);
    }

    @Override
    public void close() {
        // Tensors are made for each run.
    }
}
