package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.FrameHistory;
import io.tickformer.context.NewestTokenEncoder;
import io.tickformer.context.SeasonalInputEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.window.TensorSlices;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.IncrementalInputs;
import io.tickformer.model.NetworkOutputs;
import io.tickformer.model.TokenInputs;
import io.tickformer.spec.ForecastSpec;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of the graph that computes one new token per series: the tokens and their rotations
 * in, the forecasts out, and for each layer buffers with copies of keys and values of the cache.
 */
final class TokenTensors implements AutoCloseable {
    private final GraphRunner runner;
    private final boolean answers;
    private final int patchLength;
    private final int tokenValues; // C P
    private final int features; // G
    private final int recentValues; // C R'
    private final int means; // C H
    private final int levels; // Q

    private final NewestTokenEncoder encoder;
    private final SeasonalInputEncoder
            recentEncoder; // null without a seasonal path, or without answers
    private final RotationTable rotations;

    private final Map<String, HostTensor> inputs; // a row per token
    private final Map<String, HostTensor> tables; // the same for all rows
    private final Map<String, HostTensor> buffers; // a row per token
    private final HostTensor quantileTensor; // R x C H x Q
    private final HostTensor meanTensor; // R x C H

    private final TensorSlices inputSlices;
    private final TensorSlices outputSlices;
    private final TensorSlices bufferInputs;
    private final TensorSlices bufferOutputs;

    /** Runs of the first n rows over copies at index n; null until there is one. */
    private final GraphRunner.Call[] prepared;

    private final FloatBuffer values; // R x 1 x C P
    private final FloatBuffer observed; // R x 1 x C P
    private final FloatBuffer tokenFeatures; // R x 1 x G
    private final FloatBuffer recent; // R x C R', null without a seasonal path
    private final LongBuffer rotation; // R x 1
    private final IntBuffer count; // R
    private final ByteBuffer[] keys; // R x h x W x w, for each layer
    private final ByteBuffer[] keptValues; // R x h x W x w, for each layer
    private final FloatBuffer quantiles;
    private final FloatBuffer mean;

    /**
     * @param turns radians from one token to the next, for each pair of a head
     * @param capacity R, rows
     * @param answers whether forecasts are computed, or only keys and values
     */
    TokenTensors(
            GraphRunner runner,
            ForecastSpec spec,
            CacheLayout layout,
            double[] turns,
            int capacity,
            boolean answers) {
        this.runner = runner;
        this.answers = answers;
        patchLength = spec.network().patchLength();
        tokenValues = spec.tokenValues();
        features = spec.tokenFeatures();
        recentValues = spec.recentValues();
        means = spec.outputSteps();
        levels = spec.quantileLevels().size();
        encoder = new NewestTokenEncoder(spec);
        recentEncoder =
                recentValues > 0 && answers ? new SeasonalInputEncoder(spec.seasonalPath()) : null;

        inputs = inputs(capacity);
        tables = tables(turns, capacity);
        buffers = buffers(layout, capacity);
        // Without answers nothing is written here, and a row stands in.
        quantileTensor = HostTensor.floats(answers ? capacity : 1, means, levels);
        meanTensor = HostTensor.floats(answers ? capacity : 1, means);
        rotations =
                new RotationTable(
                        turns,
                        capacity,
                        tables.get(IncrementalInputs.COSINE).floats(),
                        tables.get(IncrementalInputs.SINE).floats());

        inputSlices = new TensorSlices(inputs, tables, capacity);
        outputSlices = new TensorSlices(outputs(), Map.of(), capacity);
        bufferInputs = new TensorSlices(buffers, Map.of(), capacity);
        bufferOutputs = new TensorSlices(extended(buffers), Map.of(), capacity);
        prepared = new GraphRunner.Call[capacity + 1];

        values = inputs.get(TokenInputs.VALUES).floats();
        observed = inputs.get(TokenInputs.OBSERVED).floats();
        tokenFeatures = inputs.get(TokenInputs.FEATURES).floats();
        recent = recentValues == 0 ? null : inputs.get(TokenInputs.RECENT).floats();
        rotation = inputs.get(IncrementalInputs.ROTATION).longs();
        count = inputs.get(IncrementalInputs.COUNT).ints();
        quantiles = quantileTensor.floats();
        mean = meanTensor.floats();
        keys = new ByteBuffer[layout.layers()];
        keptValues = new ByteBuffer[layout.layers()];
        for (int layer = 0; layer < keys.length; layer++) {
            keys[layer] = buffers.get(IncrementalInputs.keys(layer)).memory();
            keptValues[layer] = buffers.get(IncrementalInputs.values(layer)).memory();
        }
    }

    private Map<String, HostTensor> inputs(int capacity) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(TokenInputs.VALUES, HostTensor.floats(capacity, 1, tokenValues));
        tensors.put(TokenInputs.OBSERVED, HostTensor.floats(capacity, 1, tokenValues));
        tensors.put(TokenInputs.FEATURES, HostTensor.floats(capacity, 1, features));
        if (recentValues > 0) {
            tensors.put(TokenInputs.RECENT, HostTensor.floats(capacity, recentValues));
        }
        tensors.put(IncrementalInputs.ROTATION, HostTensor.longs(capacity, 1));
        tensors.put(IncrementalInputs.COUNT, HostTensor.ints(capacity));
        return tensors;
    }

    private static Map<String, HostTensor> tables(double[] turns, int capacity) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        tensors.put(IncrementalInputs.COSINE, HostTensor.floats(capacity, turns.length));
        tensors.put(IncrementalInputs.SINE, HostTensor.floats(capacity, turns.length));
        return tensors;
    }

    private static Map<String, HostTensor> buffers(CacheLayout layout, int capacity) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        for (int layer = 0; layer < layout.layers(); layer++) {
            for (String name :
                    List.of(IncrementalInputs.keys(layer), IncrementalInputs.values(layer))) {
                tensors.put(
                        name,
                        HostTensor.floats(
                                capacity, layout.heads(), layout.window(), layout.headWidth()));
            }
        }
        return tensors;
    }

    /** The graph extends the buffers in place: its outputs are the memory of its inputs. */
    private static Map<String, HostTensor> extended(Map<String, HostTensor> buffers) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        buffers.forEach((name, tensor) -> tensors.put(IncrementalInputs.extended(name), tensor));
        return tensors;
    }

    /** An output that is not asked for is not computed. */
    private Map<String, HostTensor> outputs() {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        if (answers) {
            tensors.put(NetworkOutputs.QUANTILES, quantileTensor);
            tensors.put(NetworkOutputs.MEAN, meanTensor);
        }
        return tensors;
    }

    /**
     * Writes the token that ends one tick after a frame history, and moves the history on.
     *
     * @param kept tokens in the buffers of the row
     * @return for each channel the frame of the token
     */
    List<Frame> encode(int row, SeriesContext context, FrameHistory history, int kept) {
        values.position(row * tokenValues);
        observed.position(row * tokenValues);
        tokenFeatures.position(row * features);
        rotation.put(row, rotations.row(Math.floorDiv(history.tick() + 1, patchLength)));
        count.put(row, kept);
        List<Frame> frames = encoder.encode(context, history, values, observed, tokenFeatures);
        if (recentEncoder != null) {
            recent.position(row * recentValues);
            for (int channel = 0; channel < frames.size(); channel++) {
                recentEncoder.encode(context, channel, frames.get(channel), recent);
            }
        }
        return frames;
    }

    /** Runs the graph over some rows and the copies in their buffers. */
    void runOnCopies(int from, int size) {
        if (from == 0) {
            prepared(size).run();
            return;
        }
        try (TensorSlices.Slice in = bufferInputs.of(from, size);
                TensorSlices.Slice out = bufferOutputs.of(from, size)) {
            run(from, size, in.tensors(), out.tensors());
        }
    }

    /** Returns the run of the first rows over copies, whose tensors are always the same. */
    private GraphRunner.Call prepared(int size) {
        if (prepared[size] == null) {
            prepared[size] =
                    runner.prepare(
                            joined(
                                    inputSlices.of(0, size).tensors(),
                                    bufferInputs.of(0, size).tensors()),
                            joined(
                                    outputSlices.of(0, size).tensors(),
                                    bufferOutputs.of(0, size).tensors()));
        }
        return prepared[size];
    }

    /** Runs the graph over some rows and over the cache's own buffers, which lie side by side. */
    void runOnCache(int from, int size, KeyValueMemory memory, int firstBuffer) {
        Map<String, HostTensor> cached = new LinkedHashMap<>();
        for (int layer = 0; layer < keys.length; layer++) {
            cached.put(IncrementalInputs.keys(layer), memory.keys(layer, firstBuffer, size));
            cached.put(IncrementalInputs.values(layer), memory.values(layer, firstBuffer, size));
        }
        try {
            run(from, size, cached, extended(cached));
        } finally {
            cached.values().forEach(HostTensor::close);
        }
    }

    private void run(
            int from,
            int size,
            Map<String, HostTensor> buffersIn,
            Map<String, HostTensor> buffersOut) {
        try (TensorSlices.Slice in = inputSlices.of(from, size);
                TensorSlices.Slice out = outputSlices.of(from, size)) {
            runner.run(joined(in.tensors(), buffersIn), joined(out.tensors(), buffersOut));
        }
    }

    private static Map<String, HostTensor> joined(
            Map<String, HostTensor> some, Map<String, HostTensor> more) {
        Map<String, HostTensor> all = new LinkedHashMap<>(some);
        all.putAll(more);
        return all;
    }

    int layers() {
        return keys.length;
    }

    /** The copies of a layer's keys, a buffer per row. */
    ByteBuffer keys(int layer) {
        return keys[layer];
    }

    /** The copies of a layer's values, a buffer per row. */
    ByteBuffer values(int layer) {
        return keptValues[layer];
    }

    /** Whether the answer of a row is finite; true where no answers are computed. */
    boolean isFinite(int row) {
        return !answers || Float.isFinite(mean.get(row * means));
    }

    /** Reads the answer of a row that has run, in the token's frame. */
    void read(int row, float[] quantilesOut, float[] meanOut) {
        quantiles.get(row * means * levels, quantilesOut, 0, means * levels);
        mean.get(row * means, meanOut, 0, means);
    }

    /** Forgets the rotations of all rows. */
    void clear() {
        rotations.clear();
    }

    @Override
    public void close() {
        inputSlices.close();
        outputSlices.close();
        bufferInputs.close();
        bufferOutputs.close();
        inputs.values().forEach(HostTensor::close);
        tables.values().forEach(HostTensor::close);
        buffers.values().forEach(HostTensor::close);
        quantileTensor.close();
        meanTensor.close();
    }
}
