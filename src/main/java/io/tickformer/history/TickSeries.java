package io.tickformer.history;

import io.tickformer.annotation.Public;
import io.tickformer.event.TickDefinition;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;

/**
 * One series on the tick grid, from its first to its last tick with a reading. Ticks without a
 * reading are filled by the tick rule. The data may be on disk: read ranges for speed. Do not use a
 * series after its history is closed.
 */
@Public
public final class TickSeries {
    static final long EVERY_VALUE = -1;

    private final String series;
    private final long firstTick;
    private final int length;
    private final SpillBuffer buffer;
    private final long begin;
    private final long readings;

    /**
     * @param begin position of the first value in the buffer
     * @param readings position of the bits of ticks with a reading, or {@link #EVERY_VALUE} if
     *     every value is a reading
     */
    TickSeries(
            String series,
            long firstTick,
            int length,
            SpillBuffer buffer,
            long begin,
            long readings) {
        this.series = series;
        this.firstTick = firstTick;
        this.length = length;
        this.buffer = buffer;
        this.begin = begin;
        this.readings = readings;
    }

    /**
     * Puts observations in memory on the grid. All ticks count as complete.
     *
     * @throws HistoryException if there is no observation, or the grid is far too fine for the span
     */
    public static TickSeries of(SeriesHistory history, TickDefinition rule) {
        SeriesLog log = new SeriesLog(history.series(), new SpillBuffer());
        for (int i = 0; i < history.values().length; i++) {
            if (!Double.isNaN(history.values()[i])) {
                log.add(history.eventTimeMillis()[i], history.values()[i]);
            }
        }
        return TickAggregator.of(log, rule, new SpillBuffer());
    }

    /** The series key. */
    public String series() {
        return series;
    }

    /** Index of the first tick, which is observed. */
    public long firstTick() {
        return firstTick;
    }

    /** Number of ticks, including missing ones. */
    public int length() {
        return length;
    }

    /** Index of the tick after the last. */
    public long endTick() {
        return firstTick + length;
    }

    /** The value of a tick; NaN if it is missing or outside the series. */
    public double valueAt(long tick) {
        long position = tick - firstTick;
        return position >= 0 && position < length
                ? Double.longBitsToDouble(buffer.get(begin + position))
                : Double.NaN;
    }

    /**
     * Values of consecutive ticks; NaN if missing or outside the series.
     *
     * @param fromTick index of the first
     * @param endTick index after the last
     */
    public double[] values(long fromTick, long endTick) {
        double[] values = new double[Math.toIntExact(endTick - fromTick)];
        Arrays.fill(values, Double.NaN);
        long from = Math.max(fromTick, firstTick);
        long end = Math.min(endTick, endTick());
        if (from < end) {
            long[] bits = new long[(int) (end - from)];
            buffer.read(begin + from - firstTick, bits, 0, bits.length);
            int offset = (int) (from - fromTick);
            for (int i = 0; i < bits.length; i++) {
                values[offset + i] = Double.longBitsToDouble(bits[i]);
            }
        }
        return values;
    }

    /**
     * Which of consecutive ticks have a reading. The other values are missing or fill an empty
     * tick.
     *
     * @param fromTick index of the first
     * @param endTick index after the last
     */
    public boolean[] readings(long fromTick, long endTick) {
        boolean[] have = new boolean[Math.toIntExact(endTick - fromTick)];
        if (readings == EVERY_VALUE) {
            double[] values = values(fromTick, endTick);
            for (int i = 0; i < have.length; i++) {
                have[i] = !Double.isNaN(values[i]);
            }
            return have;
        }
        long from = Math.max(fromTick, firstTick);
        long end = Math.min(endTick, endTick());
        if (from < end) {
            long firstWord = (from - firstTick) / Long.SIZE;
            long lastWord = (end - 1 - firstTick) / Long.SIZE;
            long[] words = new long[(int) (lastWord - firstWord + 1)];
            buffer.read(readings + firstWord, words, 0, words.length);
            BitSet bits = BitSet.valueOf(words);
            for (long tick = from; tick < end; tick++) {
                have[(int) (tick - fromTick)] =
                        bits.get((int) (tick - firstTick - firstWord * Long.SIZE));
            }
        }
        return have;
    }

    /** Loads the values of all ticks; NaN if missing. */
    public double[] values() {
        return values(firstTick, endTick());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TickSeries that
                && series.equals(that.series)
                && firstTick == that.firstTick
                && length == that.length
                && Arrays.equals(values(), that.values());
    }

    @Override
    public int hashCode() {
        return Objects.hash(series, firstTick, length);
    }

    @Override
    public String toString() {
        return "%d ticks of series %s from %d on".formatted(length, series, firstTick);
    }
}
