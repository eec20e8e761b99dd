package io.tickformer.inference;

import io.tickformer.model.CacheLayout;
import java.nio.ByteBuffer;

/**
 * Keys and values of many series, off heap. For each layer one buffer of keys and one of values,
 * each holding an entry {@code [h,W,w]} for every phase of every slot; an entry is contiguous, so
 * that it goes into a micro-batch by one copy.
 */
final class KeyValueMemory {
    private final int phases;
    private final int slots;
    private final int entryBytes;
    private final ByteBuffer[] keys;
    private final ByteBuffer[] values;

    /**
     * As many slots as the bytes suffice for, and as one buffer can hold.
     *
     * @param phases P
     */
    KeyValueMemory(CacheLayout layout, int phases, CacheOptions options) {
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
    static long seriesBytes(CacheLayout layout, int phases) {
        return Math.multiplyExact(layout.phaseBytes(), phases);
    }

    int slots() {
        return slots;
    }

    /** Where an entry begins in each buffer, in bytes. */
    int entryAt(int slot, int phase) {
        return (slot * phases + phase) * entryBytes;
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
