package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.RecentEncoder;
import io.tickformer.context.SeriesContext;
import io.tickformer.context.StepEncoder;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.inference.window.RowViews;
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
 * Tokens of many series that go through the step graph together.
 *
 * <p><b>Copies.</b> The graph reads the buffers of all tokens side by side and puts each token's
 * own keys and values into its buffer, in place. Where the tokens' entries lie side by side in the
 * cache, it works on the cache itself and nothing is copied. Elsewhere each entry is copied out,
 * one copy for each layer's keys and values, and after the run what was added, a few hundred bytes,
 * is copied back. Selecting the entries inside the graph would be the same copy and another one of
 * what was added.
 *
 * <p><b>Numbers that are none.</b> A token that is not finite makes every answer so that sees it,
 * by any path through the layers. What is kept of its phase is then forgotten, so that the next
 * answer comes from the whole context and is what the window graph says.
 */
final class StepRows implements AutoCloseable {
    private static final int LEAST_ON_THE_CACHE = 8;

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
    private final RowViews bufferInputs;
    private final RowViews bufferOutputs;

    /** Runs of the first n rows over copies at place n; null where there was none yet. */
    private final GraphRunner.Call[] prepared;

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
    private final int[] entries;
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
        steps = spec.outputSteps();
        int levels = spec.quantileLevels().size();
        answer = steps * levels;
        encoder = new StepEncoder(spec);
        recentEncoder = recentValues == 0 ? null : new RecentEncoder(spec.seasonalPath());
        owners = new CachedSeries[capacity];
        rowPhases = new int[capacity];
        places = new int[capacity];
        entries = new int[capacity];

        Map<String, HostTensor> in = new LinkedHashMap<>();
        Map<String, HostTensor> out = new LinkedHashMap<>();
        Map<String, HostTensor> buffersIn = new LinkedHashMap<>();
        Map<String, HostTensor> buffersOut = new LinkedHashMap<>();
        in.put(TokenInputs.VALUES, HostTensor.floats(capacity, 1, tokenValues));
        in.put(TokenInputs.OBSERVED, HostTensor.floats(capacity, 1, tokenValues));
        in.put(TokenInputs.FEATURES, HostTensor.floats(capacity, 1, features));
        if (recentValues > 0) {
            in.put(TokenInputs.RECENT, HostTensor.floats(capacity, recentValues));
        }
        in.put(IncrementalInputs.ROTATION, HostTensor.longs(capacity, 1));
        in.put(IncrementalInputs.COUNT, HostTensor.ints(capacity));
        keys = new ByteBuffer[layers];
        keptValues = new ByteBuffer[layers];
        for (int layer = 0; layer < layers; layer++) {
            keys[layer] = addBuffer(IncrementalInputs.keys(layer), layout, buffersIn, buffersOut);
            keptValues[layer] =
                    addBuffer(IncrementalInputs.values(layer), layout, buffersIn, buffersOut);
        }
        // Not asked for and so not computed where no forecast is wanted.
        HostTensor quantileRows = HostTensor.floats(answers ? capacity : 1, steps, levels);
        HostTensor meanRows = HostTensor.floats(answers ? capacity : 1, steps);
        if (answers) {
            out.put(NetworkOutputs.QUANTILES, quantileRows);
            out.put(NetworkOutputs.MEAN, meanRows);
        }
        int half = layout.headWidth() / 2;
        Map<String, HostTensor> tables = new LinkedHashMap<>();
        tables.put(IncrementalInputs.COSINE, HostTensor.floats(capacity, half));
        tables.put(IncrementalInputs.SINE, HostTensor.floats(capacity, half));
        rotations =
                new RotationTable(
                        turns,
                        capacity,
                        tables.get(IncrementalInputs.COSINE).floats(),
                        tables.get(IncrementalInputs.SINE).floats());

        inputs = new RowViews(in, tables, capacity);
        outputs = new RowViews(out, Map.of(), capacity);
        bufferInputs = new RowViews(buffersIn, Map.of(), capacity);
        prepared = new GraphRunner.Call[capacity + 1];
        bufferOutputs = new RowViews(buffersOut, Map.of(), capacity);
        values = in.get(TokenInputs.VALUES).floats();
        observed = in.get(TokenInputs.OBSERVED).floats();
        tokenFeatures = in.get(TokenInputs.FEATURES).floats();
        recent = recentValues == 0 ? null : in.get(TokenInputs.RECENT).floats();
        rotation = in.get(IncrementalInputs.ROTATION).longs();
        count = in.get(IncrementalInputs.COUNT).ints();
        quantiles = quantileRows.floats();
        mean = meanRows.floats();
        tensors.putAll(in);
        tensors.putAll(buffersIn);
        tensors.putAll(tables);
        tensors.put(NetworkOutputs.QUANTILES, quantileRows);
        tensors.put(NetworkOutputs.MEAN, meanRows);
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
        out.put(IncrementalInputs.extended(name), buffer);
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
            for (int channel = 0; channel < frames.size(); channel++) {
                recentEncoder.encode(context, channel, frames.get(channel), recent);
            }
        }
        rotation.put(row, rotations.row(Math.floorDiv(tick, phases)));
        int phase = series.phaseOf(tick);
        int kept = series.count(context, tick);
        count.put(row, kept);
        entries[row] = memory.entry(series.slot(), phase);
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
        if (isOneRun()) {
            runOnTheCache();
        } else {
            runOnCopies();
        }
        for (int row = ran; row < size; row++) {
            owners[row].computed(rowPhases[row]);
            if (answers && !Float.isFinite(mean.get(row * steps))) {
                owners[row].forget(rowPhases[row]);
            }
        }
        ran = size;
    }

    /**
     * Whether the entries lie side by side, in the order of the rows, and are enough for the
     * tensors over them, which are made for this run alone, to cost less than the copies would.
     */
    private boolean isOneRun() {
        if (size - ran < LEAST_ON_THE_CACHE) {
            return false;
        }
        for (int row = ran + 1; row < size; row++) {
            if (entries[row] != entries[row - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    private void runOnTheCache() {
        Map<String, HostTensor> in = new LinkedHashMap<>();
        Map<String, HostTensor> out = new LinkedHashMap<>();
        for (int layer = 0; layer < layers; layer++) {
            HostTensor ofKeys = memory.keys(layer, entries[ran], size - ran);
            HostTensor ofValues = memory.values(layer, entries[ran], size - ran);
            in.put(IncrementalInputs.keys(layer), ofKeys);
            in.put(IncrementalInputs.values(layer), ofValues);
            out.put(IncrementalInputs.extended(IncrementalInputs.keys(layer)), ofKeys);
            out.put(IncrementalInputs.extended(IncrementalInputs.values(layer)), ofValues);
        }
        try {
            run(in, out);
        } finally {
            in.values().forEach(HostTensor::close);
        }
        for (int row = ran; row < size; row++) {
            boolean isInPlace = places[row] < 0 || places[row] == count.get(row);
            for (int layer = 0; layer < layers && !isInPlace; layer++) {
                keep(row, memory.keys(layer), entries[row], memory.keys(layer));
                keep(row, memory.values(layer), entries[row], memory.values(layer));
            }
        }
    }

    private void runOnCopies() {
        for (int row = ran; row < size; row++) {
            int from = entries[row] * entryBytes;
            for (int layer = 0; layer < layers && count.get(row) > 0; layer++) {
                keys[layer].put(row * entryBytes, memory.keys(layer), from, entryBytes);
                keptValues[layer].put(row * entryBytes, memory.values(layer), from, entryBytes);
            }
        }
        if (ran == 0) {
            prepared(size).run();
        } else {
            try (RowViews.View in = bufferInputs.of(ran, size - ran);
                    RowViews.View out = bufferOutputs.of(ran, size - ran)) {
                run(in.tensors(), out.tensors());
            }
        }
        for (int row = ran; row < size; row++) {
            for (int layer = 0; layer < layers && places[row] >= 0; layer++) {
                keep(row, keys[layer], row, memory.keys(layer));
                keep(row, keptValues[layer], row, memory.values(layer));
            }
        }
    }

    /** The run of the first rows over copies, whose tensors are always the same. */
    private GraphRunner.Call prepared(int rows) {
        if (prepared[rows] == null) {
            Map<String, HostTensor> in = new LinkedHashMap<>(inputs.of(0, rows).tensors());
            in.putAll(bufferInputs.of(0, rows).tensors());
            Map<String, HostTensor> out = new LinkedHashMap<>(outputs.of(0, rows).tensors());
            out.putAll(bufferOutputs.of(0, rows).tensors());
            prepared[rows] = runner.prepare(in, out);
        }
        return prepared[rows];
    }

    private void run(Map<String, HostTensor> buffersIn, Map<String, HostTensor> buffersOut) {
        try (RowViews.View in = inputs.of(ran, size - ran);
                RowViews.View out = outputs.of(ran, size - ran)) {
            Map<String, HostTensor> allIn = new LinkedHashMap<>(in.tensors());
            allIn.putAll(buffersIn);
            Map<String, HostTensor> allOut = new LinkedHashMap<>(out.tensors());
            allOut.putAll(buffersOut);
            runner.run(allIn, allOut);
        }
    }

    /** Copies what a token added to a buffer to its place in the cache. */
    private void keep(int row, ByteBuffer source, int sourceEntry, ByteBuffer target) {
        int from = sourceEntry * entryBytes + count.get(row) * headBytes;
        int to = entries[row] * entryBytes + places[row] * headBytes;
        for (int head = 0; head < heads; head++) {
            // Word by word: a call that copies memory costs more than these few words do.
            for (int at = 0; at < headBytes; at += Long.BYTES) {
                target.putLong(to + at, source.getLong(from + at));
            }
            from += window * headBytes;
            to += window * headBytes;
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
        bufferInputs.close();
        bufferOutputs.close();
        tensors.values().forEach(HostTensor::close);
    }
}
