package io.tickformer.inference.incremental;

import io.tickformer.annotation.Internal;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.CacheLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The keys and values of the cached series, off heap. Each layer has one block of memory for keys
 * and one for values. A block holds a buffer {@code [h,W,w]} for every phase of every entry.
 *
 * <p>A buffer is contiguous, so it is copied to a micro-batch in one piece. The buffers of one
 * phase lie in the order of the entries. So series that tick in the order in which they were
 * admitted form a micro-batch without any copy.
 */
@Internal
public final class KeyValueMemory {
    private final int phases;
    private final int entries;
    private final CacheLayout layout;
    private final int bufferBytes;
    private final ByteBuffer[] keys;
    private final ByteBuffer[] values;

    /**
     * Makes as many entries as the given bytes suffice for, and as one block can hold.
     *
     * @param phases P
     */
    KeyValueMemory(CacheLayout layout, int phases, CacheOptions options) {
        this.layout = layout;
        this.phases = phases;
        long buffer = (long) layout.bufferSize() * Float.BYTES;
        long most = Integer.MAX_VALUE / (phases * buffer); // What one block can hold.
        this.entries = (int) Math.min(most, options.bytes() / seriesBytes(layout, phases));
        this.bufferBytes = entries == 0 ? 0 : (int) buffer;
        this.keys = new ByteBuffer[layout.layers()];
        this.values = new ByteBuffer[layout.layers()];
        for (int layer = 0; layer < keys.length && entries > 0; layer++) {
            keys[layer] = options.allocator().allocate(entries * phases * bufferBytes);
            values[layer] = options.allocator().allocate(entries * phases * bufferBytes);
        }
    }

    /** Bytes of one series: all phases. */
    public static long seriesBytes(CacheLayout layout, int phases) {
        return Math.multiplyExact(layout.phaseBytes(), phases);
    }

    int entries() {
        return entries;
    }

    /** The number of the buffer of a phase of an entry. */
    int buffer(int entry, int phase) {
        return phase * entries + entry;
    }

    /** Consecutive buffers of a layer's keys as a tensor {@code [count,h,W,w]} over this memory. */
    HostTensor keys(int layer, int firstBuffer, int count) {
        return view(keys[layer], firstBuffer, count);
    }

    /** Consecutive buffers of a layer's values as a tensor {@code [count,h,W,w]}, likewise. */
    HostTensor values(int layer, int firstBuffer, int count) {
        return view(values[layer], firstBuffer, count);
    }

    private HostTensor view(ByteBuffer block, int firstBuffer, int count) {
        return HostTensor.floatsOver(
                block.slice(firstBuffer * bufferBytes, count * bufferBytes)
                        .order(ByteOrder.nativeOrder()),
                count,
                layout.heads(),
                layout.window(),
                layout.headWidth());
    }

    /** P. */
    int phases() {
        return phases;
    }

    ByteBuffer keys(int layer) {
        return keys[layer];
    }

    ByteBuffer values(int layer) {
        return values[layer];
    }
}
