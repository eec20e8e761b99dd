package io.tickformer.inference;

import io.tickformer.context.Frame;
import io.tickformer.context.RecentEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.StepEncoder;
import io.tickformer.model.CacheLayout;
import io.tickformer.model.Outputs;
import io.tickformer.model.StepInputs;
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
 * Tokens of many series that go through the step graph together.
 *
 * <p>A token's buffers are copied out of the cache when it is added, one copy for each layer's keys
 * and values; the graph puts the token's own beside them, in place; and after the run those alone,
 * a few hundred bytes, are copied back. The cache itself is no input of the graph, because a
 * selection of its entries inside the graph is the same copy with another one behind it.
 */
final class StepRows implements AutoCloseable {
    private final GraphRunner runner;
    private final KeyValueMemory memory;
    private final int layers;
    private final int heads;
    private final int window;
    private final int headBytes;
    private final int entryBytes;
    private final int phases;
    private final int features;
    private final int tokenValues;
    private final int recentValues;
    private final int answer;
    private final int steps;
    private final boolean answers;

    private final StepEncoder encoder;
    private final RecentEncoder recentEncoder; // null without a seasonal path
    private final RotationTable rotations;

    private final Map<String, HostTensor> tensors = new LinkedHashMap<>();
    private final RowViews inputs;
    private final RowViews outputs;
    private final FloatBuffer values; // R x 1 x C P
    private final FloatBuffer observed; // R x 1 x C P
    private final FloatBuffer tokenFeatures; // R x 1 x G
    private final FloatBuffer recent; // R x C R'
    private final LongBuffer rotation; // R x 1
    private final IntBuffer count; // R
    private final ByteBuffer[] keys; // R x h x W x w, for each layer
    private final ByteBuffer[] keptValues; // R x h x W x w, for each layer
    private final FloatBuffer quantiles; // R x C H x Q
    private final FloatBuffer mean; // R x C H

    private final CachedSeries[] owners;
    private final int[] rowPhases;
    private final int[] places;
    private final int capacity;
    private int size;
    private int ran;

    /**
     * @param turns radians from one token to the next, for each pair of a head
     * @param answers whether forecasts are wanted, or only what the cache keeps
     */
    StepRows(
            GraphRunner runner,
            ForecastSpec spec,
            CacheLayout layout,
            KeyValueMemory memory,
            double[] turns,
            int capacity,
            boolean answers) {
        this.runner = runner;
        this.memory = memory;
        this.capacity = capacity;
        this.answers = answers;
        layers = layout.layers();
        heads = layout.heads();
        window = layout.window();
        headBytes = layout.headWidth() * Float.BYTES;
        entryBytes = layout.entrySize() * Float.BYTES;
        phases = spec.network().patchLength();
        features = spec.tokenFeatures();
        tokenValues = spec.tokenValues();
        recentValues = spec.recentValues();
        steps = spec.answers();
        int levels = spec.quantileLevels().size();
        answer = steps * levels;
        encoder = new StepEncoder(spec);
        recentEncoder = recentValues == 0 ? null : new RecentEncoder(spec.seasonalPath());
        owners = new CachedSeries[capacity];
        rowPhases = new int[capacity];
        places = new int[capacity];

        Map<String, HostTensor> in = new LinkedHashMap<>();
        Map<String, HostTensor> out = new LinkedHashMap<>();
        in.put(TokenInputs.VALUES, HostTensor.floats(capacity, 1, tokenValues));
        in.put(TokenInputs.OBSERVED, HostTensor.floats(capacity, 1, tokenValues));
        in.put(TokenInputs.FEATURES, HostTensor.floats(capacity, 1, features));
        if (recentValues > 0) {
            in.put(TokenInputs.RECENT, HostTensor.floats(capacity, recentValues));
        }
        in.put(StepInputs.ROTATION, HostTensor.longs(capacity, 1));
        in.put(StepInputs.COUNT, HostTensor.ints(capacity));
        keys = new ByteBuffer[layers];
        keptValues = new ByteBuffer[layers];
        for (int layer = 0; layer < layers; layer++) {
            keys[layer] = addBuffer(StepInputs.keys(layer), layout, in, out);
            keptValues[layer] = addBuffer(StepInputs.values(layer), layout, in, out);
        }
        // Not asked for and so not computed where no forecast is wanted.
        HostTensor quantileRows = HostTensor.floats(answers ? capacity : 1, steps, levels);
        HostTensor meanRows = HostTensor.floats(answers ? capacity : 1, steps);
        if (answers) {
            out.put(Outputs.QUANTILES, quantileRows);
            out.put(Outputs.MEAN, meanRows);
        }
        int half = layout.headWidth() / 2;
        Map<String, HostTensor> tables = new LinkedHashMap<>();
        tables.put(StepInputs.COSINE, HostTensor.floats(capacity, half));
        tables.put(StepInputs.SINE, HostTensor.floats(capacity, half));
        rotations =
                new RotationTable(
                        turns,
                        capacity,
                        tables.get(StepInputs.COSINE).floats(),
                        tables.get(StepInputs.SINE).floats());

        inputs = new RowViews(in, tables, capacity);
        outputs = new RowViews(out, Map.of(), capacity);
        values = in.get(TokenInputs.VALUES).floats();
        observed = in.get(TokenInputs.OBSERVED).floats();
        tokenFeatures = in.get(TokenInputs.FEATURES).floats();
        recent = recentValues == 0 ? null : in.get(TokenInputs.RECENT).floats();
        rotation = in.get(StepInputs.ROTATION).longs();
        count = in.get(StepInputs.COUNT).ints();
        quantiles = quantileRows.floats();
        mean = meanRows.floats();
        tensors.putAll(in);
        tensors.putAll(tables);
        tensors.put(Outputs.QUANTILES, quantileRows);
        tensors.put(Outputs.MEAN, meanRows);
    }

    private ByteBuffer addBuffer(
            String name,
            CacheLayout layout,
            Map<String, HostTensor> in,
            Map<String, HostTensor> out) {
        HostTensor buffer =
                HostTensor.floats(capacity, layout.heads(), layout.window(), layout.headWidth());
        in.put(name, buffer);
        // The very memory of the input: the graph extends it in place.
        out.put(StepInputs.extended(name), buffer);
        return buffer.memory();
    }

    boolean isFull() {
        return size == capacity;
    }

    int size() {
        return size;
    }

    /**
     * Adds the token that ends one tick after the trail of a series, and moves the trail on.
     *
     * @return for each channel the frame of the token
     */
    List<Frame> add(CachedSeries series, SeriesContext context) {
        int row = size++;
        long tick = series.tick() + 1;
        values.position(row * tokenValues);
        observed.position(row * tokenValues);
        tokenFeatures.position(row * features);
        List<Frame> frames =
                encoder.encode(context, series.trail(), values, observed, tokenFeatures);
        if (recentEncoder != null && answers) {
            recent.position(row * recentValues);
            for (int i = 0; i < frames.size(); i++) {
                int channel = i;
                recentEncoder.encode(
                        t -> context.valueAt(t, channel), tick, frames.get(channel), recent);
            }
        }
        rotation.put(row, rotations.row(Math.floorDiv(tick, phases)));
        int phase = series.phaseOf(tick);
        int kept = series.count(context, tick);
        count.put(row, kept);
        if (kept > 0) {
            int entry = memory.entryAt(series.slot(), phase);
            for (int layer = 0; layer < layers; layer++) {
                keys[layer].put(row * entryBytes, memory.keys(layer), entry, entryBytes);
                keptValues[layer].put(row * entryBytes, memory.values(layer), entry, entryBytes);
            }
        }
        owners[row] = series;
        rowPhases[row] = phase;
        places[row] = series.put(tick);
        return frames;
    }

    /** Computes the tokens added since the last run. */
    void run() {
        if (ran == size) {
            return;
        }
        try (RowViews.View in = inputs.of(ran, size - ran);
                RowViews.View out = outputs.of(ran, size - ran)) {
            runner.run(in.tensors(), out.tensors());
        }
        for (int row = ran; row < size; row++) {
            keep(row);
            owners[row].computed(rowPhases[row]);
        }
        ran = size;
    }

    /** Copies the keys and values of a token into its place in the cache. */
    private void keep(int row) {
        if (places[row] < 0) {
            return;
        }
        int entry = memory.entryAt(owners[row].slot(), rowPhases[row]);
        for (int head = 0; head < heads; head++) {
            int from = row * entryBytes + (head * window + count.get(row)) * headBytes;
            int to = entry + (head * window + places[row]) * headBytes;
            for (int layer = 0; layer < layers; layer++) {
                memory.keys(layer).put(to, keys[layer], from, headBytes);
                memory.values(layer).put(to, keptValues[layer], from, headBytes);
            }
        }
    }

    /** Reads the answer of a row that ran, in the token's frame. */
    void read(int row, float[] quantilesOut, float[] meanOut) {
        quantiles.get(row * answer, quantilesOut, 0, answer);
        mean.get(row * steps, meanOut, 0, steps);
    }

    /** Forgets all rows, which have run. */
    void clear() {
        size = 0;
        ran = 0;
        rotations.clear();
    }

    @Override
    public void close() {
        inputs.close();
        outputs.close();
        tensors.values().forEach(HostTensor::close);
    }
}
