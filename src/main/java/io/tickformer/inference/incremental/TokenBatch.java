package io.tickformer.inference.incremental;

import io.tickformer.context.Frame;
import io.tickformer.context.SeriesContext;
import io.tickformer.model.CacheLayout;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * New tokens of many series, computed from the cache in one call: a row per token.
 *
 * <p><b>Copies.</b> The graph reads the buffers of all rows side by side, and writes each new
 * token's keys and values into its buffer, in place. If the buffers of the rows lie side by side in
 * the cache, the graph works on the cache itself and nothing is copied. Otherwise each buffer is
 * copied out, with one copy per layer for keys and one for values, and after the run the few
 * hundred bytes of the new token are copied back. Selecting the buffers inside the graph would cost
 * the same copy and another one for the new token.
 *
 * <p><b>NaN.</b> A token that is not finite makes every forecast that attends to it NaN, through
 * any layer. Its phase is then dropped from the cache: the next forecast of that phase is computed
 * from the whole context and equals the answer of the window graph.
 */
final class TokenBatch implements AutoCloseable {
    /** With fewer rows, making tensors over the cache costs more than copying. */
    private static final int LEAST_ON_THE_CACHE = 8;

    private final TokenTensors tensors;
    private final KeyValueMemory memory;
    private final int heads;
    private final int window;
    private final int headBytes;
    private final int bufferBytes;

    // For each row: its entry and phase, the tokens in its buffer, the number of that buffer in
    // the cache, and the place in it that the new token goes to, or -1.
    private final CacheEntry[] entries;
    private final int[] phases;
    private final int[] counts;
    private final int[] buffers;
    private final int[] places;
    private int size;
    private int ran;

    /**
     * @param tensors with room for {@code capacity} rows; closed with this
     * @param capacity rows, at least 1
     */
    TokenBatch(TokenTensors tensors, CacheLayout layout, KeyValueMemory memory, int capacity) {
        this.tensors = tensors;
        this.memory = memory;
        heads = layout.heads();
        window = layout.window();
        headBytes = layout.headWidth() * Float.BYTES;
        bufferBytes = layout.bufferSize() * Float.BYTES;
        entries = new CacheEntry[capacity];
        phases = new int[capacity];
        counts = new int[capacity];
        buffers = new int[capacity];
        places = new int[capacity];
    }

    boolean isFull() {
        return size == entries.length;
    }

    int size() {
        return size;
    }

    /**
     * Adds the token that ends one tick after the newest tick of an entry, and moves the entry on.
     *
     * @return for each channel the frame of the token
     */
    List<Frame> add(CacheEntry entry, SeriesContext context) {
        int row = size++;
        long tick = entry.tick() + 1;
        int phase = entry.phaseOf(tick);
        if (entry.isFirstToken(context, tick)) {
            entry.emptyRing(phase);
        }
        entries[row] = entry;
        phases[row] = phase;
        counts[row] = entry.count(phase);
        buffers[row] = memory.buffer(entry.index(), phase);
        places[row] = entry.put(tick);
        return tensors.encode(row, context, entry.frames(), counts[row]);
    }

    /** Computes the tokens added since the last run. */
    void run() {
        if (ran == size) {
            return;
        }
        if (isOneRun()) {
            runOnCache();
        } else {
            runOnCopies();
        }
        for (int row = ran; row < size; row++) {
            entries[row].computed(phases[row]);
            if (!tensors.isFinite(row)) {
                entries[row].forget(phases[row]);
            }
        }
        ran = size;
    }

    /** Whether the buffers lie side by side, in the order of the rows, and are enough. */
    private boolean isOneRun() {
        if (size - ran < LEAST_ON_THE_CACHE) {
            return false;
        }
        for (int row = ran + 1; row < size; row++) {
            if (buffers[row] != buffers[row - 1] + 1) {
                return false;
            }
        }
        return true;
    }

    private void runOnCache() {
        tensors.runOnCache(ran, size - ran, memory, buffers[ran]);
        for (int row = ran; row < size; row++) {
            boolean isInPlace = places[row] < 0 || places[row] == counts[row];
            for (int layer = 0; layer < tensors.layers() && !isInPlace; layer++) {
                copyToken(row, memory.keys(layer), buffers[row], memory.keys(layer));
                copyToken(row, memory.values(layer), buffers[row], memory.values(layer));
            }
        }
    }

    private void runOnCopies() {
        for (int row = ran; row < size; row++) {
            int to = row * bufferBytes;
            int from = buffers[row] * bufferBytes;
            for (int layer = 0; layer < tensors.layers() && counts[row] > 0; layer++) {
                tensors.keys(layer).put(to, memory.keys(layer), from, bufferBytes);
                tensors.values(layer).put(to, memory.values(layer), from, bufferBytes);
            }
        }
        tensors.runOnCopies(ran, size - ran);
        for (int row = ran; row < size; row++) {
            for (int layer = 0; layer < tensors.layers() && places[row] >= 0; layer++) {
                copyToken(row, tensors.keys(layer), row, memory.keys(layer));
                copyToken(row, tensors.values(layer), row, memory.values(layer));
            }
        }
    }

    /** Copies the new token of a row from a buffer to its place in the cache. */
    private void copyToken(int row, ByteBuffer source, int sourceBuffer, ByteBuffer target) {
        int from = sourceBuffer * bufferBytes + counts[row] * headBytes;
        int to = buffers[row] * bufferBytes + places[row] * headBytes;
        for (int head = 0; head < heads; head++) {
            // Word by word: a bulk copy costs more than these few words do.
            for (int at = 0; at < headBytes; at += Long.BYTES) {
                target.putLong(to + at, source.getLong(from + at));
            }
            from += window * headBytes;
            to += window * headBytes;
        }
    }

    /** Reads the answer of a row that has run, in the token's frame. */
    void read(int row, float[] quantiles, float[] mean) {
        tensors.read(row, quantiles, mean);
    }

    /** Removes all rows. They have run, or their entries are discarded. */
    void clear() {
        size = 0;
        ran = 0;
        tensors.clear();
    }

    @Override
    public void close() {
        tensors.close();
    }
}
