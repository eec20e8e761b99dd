package io.tickformer.history;

import java.util.Arrays;

/**
 * The observations of one series in the order of arrival. Full blocks are in the shared buffer; the
 * last block is in memory.
 */
final class SeriesLog {
    /** Observations per block. 10,000 series hold 20 MB in partially filled blocks. */
    private static final int BLOCK = 128;

    private static final int FIRST_CAPACITY = 16;

    /** Receives observations one after the other. */
    @FunctionalInterface
    interface Visitor {
        void take(long eventTimeMillis, double value);
    }

    private final String series;
    private final SpillBuffer buffer;

    /** Observations at or after this time are ignored. */
    private final long endMillis;

    /** Positions of the blocks in the shared buffer. */
    private long[] blocks = new long[1];

    private int blockCount;

    /** Event times and value bits, alternating. */
    private long[] tail = new long[2 * FIRST_CAPACITY];

    private int inTail;
    private long count;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private boolean ordered = true;

    SeriesLog(String series, SpillBuffer buffer) {
        this(series, buffer, Long.MAX_VALUE);
    }

    private SeriesLog(String series, SpillBuffer buffer, long endMillis) {
        this.series = series;
        this.buffer = buffer;
        this.endMillis = endMillis;
    }

    /** A view of the observations before a time. It shares data: do not add to either. */
    SeriesLog before(long end) {
        SeriesLog before = new SeriesLog(series, buffer, end);
        before.blocks = blocks;
        before.blockCount = blockCount;
        before.tail = tail;
        before.inTail = inTail;
        visit(
                (time, value) -> {
                    if (time < end) {
                        before.count(time);
                    }
                });
        return before;
    }

    /** Appends an observation with a finite value. */
    void add(long eventTimeMillis, double value) {
        if (inTail == BLOCK) {
            flush();
        }
        if (2 * inTail == tail.length) {
            tail = Arrays.copyOf(tail, 2 * tail.length);
        }
        tail[2 * inTail] = eventTimeMillis;
        tail[2 * inTail + 1] = Double.doubleToRawLongBits(value);
        inTail++;
        count(eventTimeMillis);
    }

    private void count(long eventTimeMillis) {
        count++;
        ordered &= eventTimeMillis >= last;
        first = Math.min(first, eventTimeMillis);
        last = Math.max(last, eventTimeMillis);
    }

    private void flush() {
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        blocks[blockCount++] = buffer.append(tail, 2 * inTail);
        inTail = 0;
    }

    SeriesSummary summary() {
        return new SeriesSummary(series, count, first, last);
    }

    long count() {
        return count;
    }

    /** Whether event times never go back. */
    boolean isOrdered() {
        return ordered;
    }

    /** Visits the observations in the order of arrival. */
    void visit(Visitor visitor) {
        long[] block = new long[2 * BLOCK];
        for (int i = 0; i < blockCount; i++) {
            buffer.read(blocks[i], block, 0, block.length);
            visit(block, BLOCK, visitor);
        }
        visit(tail, inTail, visitor);
    }

    private void visit(long[] block, int size, Visitor visitor) {
        for (int i = 0; i < size; i++) {
            if (block[2 * i] < endMillis) {
                visitor.take(block[2 * i], Double.longBitsToDouble(block[2 * i + 1]));
            }
        }
    }

    /**
     * Visits the observations in the order of event time; equal times in the order of arrival. If
     * they arrived in another order, loads the series to sort it.
     */
    void visitByTime(Visitor visitor) {
        if (ordered) {
            visit(visitor);
        } else {
            visit(load().inOrderOf(1), visitor);
        }
    }

    /**
     * Visits the observations in the order of ticks; those of one tick in the order of arrival, as
     * in a window of the job.
     */
    void visitByTick(long tickMillis, Visitor visitor) {
        if (ordered) {
            visit(visitor);
        } else {
            visit(load().inOrderOf(tickMillis), visitor);
        }
    }

    private static void visit(SeriesHistory loaded, Visitor visitor) {
        for (int i = 0; i < loaded.values().length; i++) {
            visitor.take(loaded.eventTimeMillis()[i], loaded.values()[i]);
        }
    }

    /** Loads the observations, in the order of arrival. */
    SeriesHistory load() {
        if (count > Integer.MAX_VALUE / 2) {
            throw new HistoryException(
                    "series %s has %d observations that are not in the order of time; sort them"
                            .formatted(series, count));
        }
        long[] times = new long[(int) count];
        double[] values = new double[times.length];
        int[] size = {0};
        visit(
                (time, value) -> {
                    times[size[0]] = time;
                    values[size[0]++] = value;
                });
        return new SeriesHistory(series, times, values);
    }
}
