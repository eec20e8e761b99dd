package io.tickformer.context;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;

/**
 * The blocks that the ring of a context touches, each read from where it lies when it is asked for.
 * Block b has place {@code b mod n}; n is so large that no two blocks of a ring share a place.
 *
 * <p>Asked for blocks of the ring only.
 */
final class BlockRing {
    private final int channels;

    /** Null where everything is here. */
    private final ContextStore store;

    private final ContextBlock[] blocks; // n, null where there is none or it was not read yet
    private final BitSet unread = new BitSet();
    private final BitSet changed = new BitSet();

    /** The oldest block that was there when everything was written last. */
    private long oldestWritten = Long.MAX_VALUE;

    /** Whether what was written before is gone as a whole. */
    private boolean isCleared;

    private BlockRing(int ringTicks, int channels, ContextStore store) {
        this.channels = channels;
        this.store = store;
        this.blocks = new ContextBlock[ringTicks / ContextBlock.TICKS + 3];
    }

    /** A ring without blocks. */
    BlockRing(int ringTicks, int channels) {
        this(ringTicks, channels, null);
    }

    /**
     * A ring whose blocks lie in a store.
     *
     * @param oldest the oldest block that may be there
     * @param newest the newest
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

    /** A block; null where all of its ticks are missing. */
    ContextBlock block(long number) {
        int place = place(number);
        if (unread.get(place)) {
            unread.clear(place);
            blocks[place] = store.block(number);
        }
        return blocks[place];
    }

    /** Reads what was not read yet, all at once. */
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

    /** A block that is about to change. */
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

    /** Puts a block in, as one that has changed. */
    void put(long number, ContextBlock block) {
        blocks[place(number)] = block;
        changed.set(place(number));
    }

    /** Forgets a block, which has left the ring. */
    void drop(long number) {
        int place = place(number);
        blocks[place] = null;
        unread.clear(place);
        changed.clear(place);
    }

    /** Forgets all blocks. */
    void clear() {
        Arrays.fill(blocks, null);
        unread.clear();
        changed.clear();
        isCleared = true;
    }

    /**
     * Writes what has changed since it was written last, and removes what has left the ring.
     *
     * @param target the store it was read from, or the one it was written to last
     * @param oldest the oldest block of the ring
     * @param newest the newest
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
