package io.tickformer.inference.incremental;

import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.model.CacheLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Keys and values of many series, off heap. For each layer one buffer of keys and one of values,
 * each holding an entry {@code [h,W,w]} for every phase of every slot. An entry is contiguous, so
 * that it goes into a micro-batch by one copy; the entries of one phase lie in the order of the
 * slots, so that series which tick in that order, as they were admitted, are a micro-batch as they
 * lie.
 */
public final class KeyValueMemory {
    private final int phases;
    private final int slots;
    private final CacheLayout layout;
    private final int entryBytes;
    private final ByteBuffer[] keys;
    private final ByteBuffer[] values;

    /**
     * As many slots as the bytes suffice for, and as one buffer can hold.
     *
     * @param phases P
     */
    KeyValueMemory(CacheLayout layout, int phases, CacheOptions options) {
        this.layout = layout;
        this.phases = phases;
        long entry = (long) layout.entrySize() * Float.BYTES;
        long most = Integer.MAX_VALUE / (phases * entry); // One buffer's size.
        this.slots = (int) Math.min(most, options.bytes() / seriesBytes(layout, phases));
        this.entryBytes = slots == 0 ? 0 : (int) entry;
        this.keys = new ByteBuffer[layout.layers()];
        this.values = new ByteBuffer[layout.layers()];
        for (int layer = 0; layer < keys.length && slots > 0; layer++) {
            keys[layer] = options.allocator().allocate(slots * phases * entryBytes);
            values[layer] = options.allocator().allocate(slots * phases * entryBytes);
        }
    }

    /** Bytes of one series: all phases. */
    public static long seriesBytes(CacheLayout layout, int phases) {
        return Math.multiplyExact(layout.phaseBytes(), phases);
    }

    int slots() {
        return slots;
    }

    /** The number of an entry. */
    int entry(int slot, int phase) {
        return phase * slots + slot;
    }

    /** Entries in a row of a layer's keys, {@code [count,h,W,w]}, over the memory itself. */
    HostTensor keys(int layer, int firstEntry, int count) {
        return view(keys[layer], firstEntry, count);
    }

    /** Entries in a row of a layer's values, {@code [count,h,W,w]}, over the memory itself. */
    HostTensor values(int layer, int firstEntry, int count) {
        return view(values[layer], firstEntry, count);
    }

    private HostTensor view(ByteBuffer buffer, int firstEntry, int count) {
        return HostTensor.floatsOver(
                buffer.slice(firstEntry * entryBytes, count * entryBytes)
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
