package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.window.TensorSlices;
import io.tickformer.inference.window.WindowTensors;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.IncrementalInputs;
import io.tickformer.spec.ForecastSpec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contexts of many series, computed as a whole in one call: a row per context. The prefill graph
 * gives the answers of the window graph, and keys and values for the series that have an entry of
 * the cache.
 */
final class PrefillBatch implements AutoCloseable {
    private final GraphRunner runner;
    private final KeyValueMemory memory;
    private final WindowTensors window;
    private final RotationTable rotations;
    private final Map<String, HostTensor> angles = new LinkedHashMap<>();
    private final Map<String, HostTensor> cached = new LinkedHashMap<>();
    private final TensorSlices angleSlices;
    private final TensorSlices cachedSlices;
    private final ByteBuffer[] keys; // R x h x (W-1) x w, for each layer
    private final ByteBuffer[] values; // R x h x (W-1) x w, for each layer
    private final int patchLength;
    private final int tokens;
    private final int heads;
    private final int ring;
    private final int places;
    private final int headBytes;

    private final CacheEntry[] entries; // null where nothing is cached
    private final int[] rowPhases;
    private final int[] counts;
    private final int capacity;
    private int size;
    private int ran;

    PrefillBatch(
            GraphRunner runner,
            ForecastSpec spec,
            CacheLayout layout,
            KeyValueMemory memory,
            double[] turns,
            int capacity) {
        this.runner = runner;
        this.memory = memory;
        this.capacity = capacity;
        window = new WindowTensors(spec, capacity);
        patchLength = spec.network().patchLength();
        tokens = spec.tokens();
        heads = layout.heads();
        places = layout.window();
        ring = layout.window() - 1;
        headBytes = layout.headWidth() * Float.BYTES;
        entries = new CacheEntry[capacity];
        rowPhases = new int[capacity];
        counts = new int[capacity];
        angles.put(IncrementalInputs.COSINE, HostTensor.floats(capacity, turns.length));
        angles.put(IncrementalInputs.SINE, HostTensor.floats(capacity, turns.length));
        rotations =
                new RotationTable(
                        turns,
                        capacity,
                        angles.get(IncrementalInputs.COSINE).floats(),
                        angles.get(IncrementalInputs.SINE).floats());
        keys = new ByteBuffer[layout.layers()];
        values = new ByteBuffer[layout.layers()];
        for (int layer = 0; layer < layout.layers() && ring > 0; layer++) {
            keys[layer] = addCached(IncrementalInputs.keys(layer), layout);
            values[layer] = addCached(IncrementalInputs.values(layer), layout);
        }
        angleSlices = new TensorSlices(angles, Map.of(), capacity);
        cachedSlices = new TensorSlices(cached, Map.of(), capacity);
    }

    private ByteBuffer addCached(String name, CacheLayout layout) {
        HostTensor tensor = HostTensor.floats(capacity, heads, ring, layout.headWidth());
        cached.put(name, tensor);
        return tensor.memory();
    }

    int size() {
        return size;
    }

    /**
     * Adds a context.
     *
     * @param entry takes the keys and values; it has followed its series to the tick before the
     *     head. Null to cache nothing
     * @return for each channel the frame of its last token
     */
    List<Frame> add(CacheEntry entry, SeriesContext context) {
        int row = size++;
        List<Frame> frames = window.encode(context, row);
        long head = context.headTick();
        rotations.write(row, Math.floorDiv(head, patchLength) - (tokens - 1));
        entries[row] = entry;
        if (entry != null) {
            entry.frames().advance(context);
            rowPhases[row] = entry.phaseOf(head);
            counts[row] = entry.fill(context, head);
        }
        return frames;
    }

    /** Computes the contexts added since the last run. */
    void run() {
        if (ran == size) {
            return;
        }
        int count = size - ran;
        try (TensorSlices.Slice turned = angleSlices.of(ran, count);
                TensorSlices.Slice out = cachedSlices.of(ran, count)) {
            window.run(runner, ran, count, turned.tensors(), out.tensors());
        }
        for (int row = ran; row < size; row++) {
            if (entries[row] != null) {
                keep(row);
                entries[row].computed(rowPhases[row]);
                if (!window.isFinite(row)) {
                    // A NaN token reaches even tokens that do not attend to it, because zero times
                    // NaN is NaN. Token by token it would not.
                    entries[row].forget(rowPhases[row]);
                }
            }
        }
        ran = size;
    }

    /** Copies the newest tokens into the first places of the ring, the oldest first. */
    private void keep(int row) {
        int bytes = counts[row] * headBytes;
        for (int head = 0; head < heads && bytes > 0; head++) {
            int from = ((row * heads + head + 1) * ring - counts[row]) * headBytes;
            int to =
                    (memory.buffer(entries[row].index(), rowPhases[row]) * heads + head)
                            * places
                            * headBytes;
            for (int layer = 0; layer < keys.length; layer++) {
                memory.keys(layer).put(to, keys[layer], from, bytes);
                memory.values(layer).put(to, values[layer], from, bytes);
            }
        }
    }

    /** Reads the answer of a row that has run, in the last token's frame. */
    void read(int row, float[] quantiles, float[] mean) {
        window.read(row, quantiles, mean);
    }

    /** Removes all rows. They have run, or their entries are discarded. */
    void clear() {
        size = 0;
        ran = 0;
    }

    @Override
    public void close() {
        angleSlices.close();
        cachedSlices.close();
        angles.values().forEach(HostTensor::close);
        cached.values().forEach(HostTensor::close);
        window.close();
    }
}
