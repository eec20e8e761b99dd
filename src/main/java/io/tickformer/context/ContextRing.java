package io.tickformer.context;

import java.util.Arrays;

/**
 * The newest ticks of a context: the values of C channels and their weights, and which of them are
 * observed. It knows nothing about gaps and late revisions, which are {@link SeriesContext}'s.
 *
 * <p><b>Storage.</b> The ticks lie in a {@link ContextStore} as a head and blocks of {@link
 * ContextBlock#TICKS} ticks. A ring that was opened from a store reads a block when it is asked for
 * it, and writes what has changed: usually the head and one block per tick. Blocks lie on the grid
 * of all ticks, so a model with another ring length reads the same blocks.
 *
 * <p>Mutable and not thread-safe: it changes once per tick.
 */
final class ContextRing {
    private final ContextHead head;
    private final BlockRing blocks;

    private ContextRing(ContextHead head, BlockRing blocks) {
        this.head = head;
        this.blocks = blocks;
    }

    /**
     * Returns an empty ring.
     *
     * @param ringTicks ticks it has room for, at least 1
     * @param channels C, at least 1
     */
    static ContextRing empty(int ringTicks, int channels) {
        if (ringTicks < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "the ring has %d ticks and %d channels; expected at least 1 tick of 1 channel"
                            .formatted(ringTicks, channels));
        }
        return new ContextRing(
                new ContextHead(ringTicks, channels), new BlockRing(ringTicks, channels));
    }

    /** Opens the ring that a store holds, or returns null if the store holds none. */
    static ContextRing open(ContextStore store) {
        ContextHead head = store.head();
        if (head == null) {
            return null;
        }
        BlockRing blocks =
                head.empty
                        ? new BlockRing(head.ringTicks, head.channels())
                        : BlockRing.in(
                                store,
                                head.ringTicks,
                                head.channels(),
                                ContextBlock.numberOf(head.oldestTick()),
                                ContextBlock.numberOf(head.headTick));
        return new ContextRing(head, blocks);
    }

    /**
     * Writes the head, and the blocks that have changed since the last write.
     *
     * @param store the store it was opened from; for a new ring, the same store every time
     */
    void writeTo(ContextStore store) {
        if (head.empty) {
            blocks.writeTo(store, Long.MAX_VALUE, 0);
        } else {
            blocks.writeTo(store, oldestBlock(), ContextBlock.numberOf(head.headTick));
        }
        store.putHead(head);
    }

    /** Returns an independent copy, which lies in no store. */
    ContextRing copy() {
        ContextRing copy = new ContextRing(head.copy(), new BlockRing(head.ringTicks, channels()));
        blocks.readAll();
        for (long number = oldestBlock();
                !head.empty && number <= ContextBlock.numberOf(head.headTick);
                number++) {
            ContextBlock block = blocks.block(number);
            if (block != null) {
                copy.blocks.put(number, block.copy());
            }
        }
        return copy;
    }

    /** Reads all blocks from the store at once. */
    void readAll() {
        blocks.readAll();
    }

    boolean isEmpty() {
        return head.empty;
    }

    /** The newest tick. */
    long headTick() {
        return head.headTick;
    }

    /** The tick the context (re)started with; it may have left the ring. */
    long firstTick() {
        return head.firstTick;
    }

    /** Moves the first tick. */
    void setFirstTick(long tick) {
        head.firstTick = tick;
    }

    /** The oldest tick that is both in the ring and not before the first tick. */
    long oldestTick() {
        return head.oldestTick();
    }

    /** The first tick of the oldest block. */
    long oldestBlockStart() {
        return oldestBlock() * ContextBlock.TICKS;
    }

    private long oldestBlock() {
        return ContextBlock.numberOf(head.oldestTick());
    }

    /** Ticks that the ring has room for. */
    int ringTicks() {
        return head.ringTicks;
    }

    /** C. */
    int channels() {
        return head.channels();
    }

    /** Ticks at which any channel is observed. */
    int observedTicks() {
        return head.observedTicks;
    }

    /** Ticks at which a channel is observed. */
    int observedTicks(int channel) {
        return head.observedOf[channel];
    }

    /** The newest tick at which a channel has a reading; {@link ContextHead#NONE} without one. */
    long newestReading(int channel) {
        return head.newestReading[channel];
    }

    /** Whether the ring has room for a tick, which is not after the head. */
    boolean reachesBackTo(long tick) {
        return tick > head.headTick - head.ringTicks;
    }

    /** Makes a tick the head and first tick of this ring, which is empty. */
    void start(long tick) {
        head.empty = false;
        head.firstTick = tick;
        head.headTick = tick;
    }

    /** Makes the tick after the head the new head, with all channels missing. */
    void advance() {
        head.headTick++;
        long leaving = head.headTick - head.ringTicks;
        int place = ContextBlock.placeOf(leaving);
        int any = 0;
        for (int channel = 0; channel < channels(); channel++) {
            int observed = head.oldestObserved[channel] >>> place & 1;
            head.observedOf[channel] -= observed;
            any |= observed;
        }
        head.observedTicks -= any;
        if (place == ContextBlock.TICKS - 1) {
            blocks.drop(ContextBlock.numberOf(leaving));
            readOldestObserved();
        }
    }

    private void readOldestObserved() {
        ContextBlock oldest =
                blocks.block(ContextBlock.numberOf(head.headTick - head.ringTicks + 1));
        for (int channel = 0; channel < channels(); channel++) {
            head.oldestObserved[channel] = oldest == null ? 0 : oldest.observed(channel);
        }
    }

    /** Forgets all ticks. */
    void clear() {
        head.clear();
        blocks.clear();
    }

    /** Writes the value of a reading. */
    void putReading(long tick, int channel, double value, int weight) {
        head.newestReading[channel] = Math.max(head.newestReading[channel], tick);
        put(tick, channel, value, Math.max(1, weight));
    }

    /** Writes a value that fills a tick without a reading; NaN makes the tick missing. */
    void putFilled(long tick, int channel, double value) {
        ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
        boolean isThere = block != null && block.isObserved(ContextBlock.placeOf(tick), channel);
        if (isThere || !Double.isNaN(value)) {
            put(tick, channel, value, 0);
        }
    }

    private void put(long tick, int channel, double value, int weight) {
        long number = ContextBlock.numberOf(tick);
        int place = ContextBlock.placeOf(tick);
        ContextBlock block = blocks.changing(number);
        head.observedTicks -= block.isObserved(place) ? 1 : 0;
        head.observedOf[channel] -= block.isObserved(place, channel) ? 1 : 0;
        block.put(place, channel, value, weight);
        head.observedTicks += block.isObserved(place) ? 1 : 0;
        head.observedOf[channel] += block.isObserved(place, channel) ? 1 : 0;
        if (number == ContextBlock.numberOf(head.headTick - head.ringTicks + 1)) {
            head.oldestObserved[channel] = block.observed(channel);
        }
    }

    /** The value of a channel at a tick of the ring; NaN where it is missing. */
    double value(long tick, int channel) {
        ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
        return block == null ? Double.NaN : block.value(ContextBlock.placeOf(tick), channel);
    }

    /** The weight of that value; 0 where it is missing or fills a tick without a reading. */
    int weight(long tick, int channel) {
        ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
        return block == null ? 0 : block.weight(ContextBlock.placeOf(tick), channel);
    }

    /**
     * Copies the newest values of a channel, the oldest of them first; NaN where they are missing.
     *
     * @param target as long as the number of ticks to copy, at most as many as the ring has
     */
    void copyNewest(int channel, double[] target) {
        copy(channel, head.headTick - target.length + 1, target, 0, target.length);
    }

    /**
     * Copies values of a channel; NaN where they are missing.
     *
     * @param first the first tick to copy; it and those after it are in the ring
     * @param at where in the target they begin
     * @param count the number of ticks
     */
    void copy(int channel, long first, double[] target, int at, int count) {
        long tick = first;
        for (int copied = 0; copied < count; ) {
            ContextBlock block = blocks.block(ContextBlock.numberOf(tick));
            int place = ContextBlock.placeOf(tick);
            int some = Math.min(ContextBlock.TICKS - place, count - copied);
            if (block == null) {
                Arrays.fill(target, at + copied, at + copied + some, Double.NaN);
            } else {
                block.copy(place, channel, target, at + copied, some);
            }
            copied += some;
            tick += some;
        }
    }
}
