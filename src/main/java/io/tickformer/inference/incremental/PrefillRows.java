package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.window.RowViews;
import io.tickformer.inference.window.WindowTensors;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.IncrementalInputs;
import io.tickformer.spec.ForecastSpec;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contexts of many series that go through the prefill graph together: answers as those of the
 * window graph, and keys and values for the cache, for those series that have a slot in it.
 */
final class PrefillRows implements AutoCloseable {
    private final GraphRunner runner;
    private final KeyValueMemory memory;
    private final WindowTensors window;
    private final RotationTable rotations;
    private final Map<String, HostTensor> angles = new LinkedHashMap<>();
    private final Map<String, HostTensor> kept = new LinkedHashMap<>();
    private final RowViews angleViews;
    private final RowViews keptViews;
    private final ByteBuffer[] keys; // R x h x (W-1) x w, for each layer
    private final ByteBuffer[] values; // R x h x (W-1) x w, for each layer
    private final int patchLength;
    private final int tokens;
    private final int heads;
    private final int ring;
    private final int places;
    private final int headBytes;

    private final CachedSeries[] owners; // null where nothing is kept
    private final int[] rowPhases;
    private final int[] counts;
    private final int capacity;
    private int size;
    private int ran;

    PrefillRows(
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
        owners = new CachedSeries[capacity];
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
            keys[layer] = addKept(IncrementalInputs.keys(layer), layout);
            values[layer] = addKept(IncrementalInputs.values(layer), layout);
        }
        angleViews = new RowViews(angles, Map.of(), capacity);
        keptViews = new RowViews(kept, Map.of(), capacity);
    }

    private ByteBuffer addKept(String name, CacheLayout layout) {
        HostTensor tensor = HostTensor.floats(capacity, heads, ring, layout.headWidth());
        kept.put(name, tensor);
        return tensor.memory();
    }

    int size() {
        return size;
    }

    /**
     * Adds a context.
     *
     * @param series where keys and values go, its trail just before the head; null for nowhere
     * @return for each channel the frame of its last token
     */
    List<Frame> add(CachedSeries series, SeriesContext context) {
        int row = size++;
        List<Frame> frames = window.encode(context, row);
        long head = context.headTick();
        rotations.write(row, Math.floorDiv(head, patchLength) - (tokens - 1));
        owners[row] = series;
        if (series != null) {
            series.trail().advance(context);
            rowPhases[row] = series.phaseOf(head);
            counts[row] = series.fill(context, head);
        }
        return frames;
    }

    /** Computes the contexts added since the last run. */
    void run() {
        if (ran == size) {
            return;
        }
        int count = size - ran;
        try (RowViews.View turned = angleViews.of(ran, count);
                RowViews.View out = keptViews.of(ran, count)) {
            window.run(runner, ran, count, turned.tensors(), out.tensors());
        }
        for (int row = ran; row < size; row++) {
            if (owners[row] != null) {
                keep(row);
                owners[row].computed(rowPhases[row]);
                if (!window.isFinite(row)) {
                    // A masked token that is not finite still reaches those that do not attend to
                    // it, as zero times it is no number; token after token it would not.
                    owners[row].forget(rowPhases[row]);
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
                    (memory.entry(owners[row].slot(), rowPhases[row]) * heads + head)
                            * places
                            * headBytes;
            for (int layer = 0; layer < keys.length; layer++) {
                memory.keys(layer).put(to, keys[layer], from, bytes);
                memory.values(layer).put(to, values[layer], from, bytes);
            }
        }
    }

    /** Reads the answer of a row that ran, in the last token's frame. */
    void read(int row, float[] quantiles, float[] mean) {
        window.read(row, quantiles, mean);
    }

    /** Forgets all rows, which have run. */
    void clear() {
        size = 0;
        ran = 0;
    }

    @Override
    public void close() {
        angleViews.close();
        keptViews.close();
        angles.values().forEach(HostTensor::close);
        kept.values().forEach(HostTensor::close);
        window.close();
    }
}
