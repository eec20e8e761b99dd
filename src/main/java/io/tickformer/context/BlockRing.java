package io.tickformer.context;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * The blocks of a context's ring. Each is read from the store when it is first needed. Block b has
 * place {@code b mod n}, where n is so large that no two blocks of a ring share a place.
 *
 * <p>Callers ask for blocks of the ring only.
 */
final class BlockRing {
    private final int channels;

    /** Null if all blocks are in memory. */
    private final ContextStore store;

    private final ContextBlock[] blocks; // n, null where there is none or it is not read yet
    private final BitSet unread = new BitSet();
    private final BitSet changed = new BitSet();

    /** The oldest block of the ring at the last write. */
    private long oldestWritten = Long.MAX_VALUE;

    /** Whether all blocks were cleared since the last write. */
    private boolean isCleared;

    private BlockRing(int ringTicks, int channels, ContextStore store) {
        this.channels = channels;
        this.store = store;
        this.blocks = new ContextBlock[ringTicks / ContextBlock.TICKS + 3];
    }

    /** Makes a ring without blocks. */
    BlockRing(int ringTicks, int channels) {
        this(ringTicks, channels, null);
    }

    /**
     * Opens a ring whose blocks lie in a store.
     *
     * @param oldest the oldest block of the ring
     * @param newest the newest block of the ring
     */
    static BlockRing in(ContextStore store, int ringTicks, int channels, long oldest, long newest) {
        BlockRing ring = new BlockRing(ringTicks, channels, store);
        for (long number = oldest; number <= newest; number++) {
            ring.unread.set(ring.place(number));
        }
        ring.oldestWritten = oldest;
        return ring;
    }

    private int place(long number) {
        return Math.floorMod(number, blocks.length);
    }

    /** Returns a block, or null if all of its ticks are missing. */
    ContextBlock block(long number) {
        int place = place(number);
        if (unread.get(place)) {
            unread.clear(place);
            blocks[place] = store.block(number);
        }
        return blocks[place];
    }

    /** Reads all blocks that are not read yet, at once. */
    void readAll() {
        if (unread.isEmpty()) {
            return;
        }
        for (Map.Entry<Long, ContextBlock> each : store.blocks()) {
            int place = place(each.getKey());
            if (unread.get(place)) {
                blocks[place] = each.getValue();
            }
        }
        unread.clear();
    }

    /** Returns a block to be changed, and makes it if there is none. */
    ContextBlock changing(long number) {
        ContextBlock block = block(number);
        int place = place(number);
        if (block == null) {
            block = new ContextBlock(channels);
            blocks[place] = block;
        }
        changed.set(place);
        return block;
    }

    /** Adds a block, which counts as changed. */
    void put(long number, ContextBlock block) {
        blocks[place(number)] = block;
        changed.set(place(number));
    }

    /** Drops a block that has left the ring. */
    void drop(long number) {
        int place = place(number);
        blocks[place] = null;
        unread.clear(place);
        changed.clear(place);
    }

    /** Drops all blocks. */
    void clear() {
        Arrays.fill(blocks, null);
        unread.clear();
        changed.clear();
        isCleared = true;
    }

    /**
     * Writes the blocks that have changed since the last write, and removes those that have left
     * the ring.
     *
     * @param target the store it was opened from or written to before
     * @param oldest the oldest block of the ring
     * @param newest the newest block of the ring
     */
    void writeTo(ContextStore target, long oldest, long newest) {
        if (isCleared) {
            target.clearBlocks();
        } else {
            for (long number = oldestWritten; number < oldest; number++) {
                target.removeBlock(number);
            }
        }
        for (int place = changed.nextSetBit(0); place >= 0; place = changed.nextSetBit(place + 1)) {
            target.putBlock(newest - place(newest - place), blocks[place]);
        }
        changed.clear();
        isCleared = false;
        oldestWritten = oldest;
    }
}
