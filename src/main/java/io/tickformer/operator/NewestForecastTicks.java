package io.tickformer.operator;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Tick;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * For each series, the newest tick that has a forecast already. A job that reads a topic again
 * fills its contexts with the ticks up to it and does not forecast them again.
 *
 * <p>It is part of the job graph, so it is small: 16 bytes per series, whatever the length of the
 * key. A key is stored as a hash of 64 bits. Among a million series, two have the same hash with a
 * probability of one in thirty million; then the older of their two ticks counts for both.
 */
@Internal
public final class NewestForecastTicks implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Returned for a series that is not listed. */
    static final long UNKNOWN = Long.MIN_VALUE;

    /** No series is listed, and nothing is held back. */
    public static final NewestForecastTicks NONE =
            new NewestForecastTicks(new long[0], new long[0], Long.MIN_VALUE);

    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** Hashes of the keys, ascending. */
    private final long[] series;

    /** The tick of each. */
    private final long[] newest;

    private final long othersFrom;

    private NewestForecastTicks(long[] series, long[] newest, long othersFrom) {
        this.series = series;
        this.newest = newest;
        this.othersFrom = othersFrom;
    }

    /**
     * Lists series.
     *
     * @param newest key of each series and its newest tick that was forecast
     * @param othersFrom series that are not listed are forecast at ticks that end at this event
     *     time, in milliseconds, or after it; {@link Long#MIN_VALUE} for every tick
     */
    public static NewestForecastTicks of(Map<String, Long> newest, long othersFrom) {
        Map<Long, Long> byHash = new TreeMap<>();
        newest.forEach((key, tick) -> byHash.merge(hash(key), tick, Math::min));
        long[] hashes = new long[byHash.size()];
        long[] ticks = new long[byHash.size()];
        int at = 0;
        for (Map.Entry<Long, Long> each : byHash.entrySet()) {
            hashes[at] = each.getKey();
            ticks[at++] = each.getValue();
        }
        return new NewestForecastTicks(hashes, ticks, othersFrom);
    }

    /** The series that are listed. */
    public int size() {
        return series.length;
    }

    /** The newest tick of a series that was forecast; {@link #UNKNOWN} where it is not listed. */
    long newest(String key) {
        if (series.length == 0) {
            return UNKNOWN;
        }
        int at = Arrays.binarySearch(series, hash(key));
        return at < 0 ? UNKNOWN : newest[at];
    }

    /** From when on series that are not listed are forecast. */
    long othersFrom() {
        return othersFrom;
    }

    /**
     * Whether an event time is past every tick that is not forecast again.
     *
     * @param tickMillis length of a tick
     */
    boolean isPast(long eventTimeMillis, long tickMillis) {
        if (eventTimeMillis < othersFrom) {
            return false;
        }
        long open = Tick.indexOf(eventTimeMillis, tickMillis);
        for (long tick : newest) {
            if (tick >= open) {
                return false;
            }
        }
        return true;
    }

    /** As numbers for a checkpoint: the time of the others, then hashes, then ticks. */
    long[] toLongs() {
        long[] all = new long[1 + 2 * series.length];
        all[0] = othersFrom;
        System.arraycopy(series, 0, all, 1, series.length);
        System.arraycopy(newest, 0, all, 1 + series.length, series.length);
        return all;
    }

    /** What {@link #toLongs} wrote. */
    static NewestForecastTicks fromLongs(long[] all) {
        int listed = (all.length - 1) / 2;
        return new NewestForecastTicks(
                Arrays.copyOfRange(all, 1, 1 + listed),
                Arrays.copyOfRange(all, 1 + listed, 1 + 2 * listed),
                all[0]);
    }

    /** FNV-1a over the characters; see Fowler, Noll and Vo, RFC 9923. */
    private static long hash(String key) {
        long hash = OFFSET_BASIS;
        for (int i = 0; i < key.length(); i++) {
            char each = key.charAt(i);
            hash = (hash ^ (each & 0xff)) * PRIME;
            hash = (hash ^ (each >>> 8)) * PRIME;
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NewestForecastTicks that
                && othersFrom == that.othersFrom
                && Arrays.equals(series, that.series)
                && Arrays.equals(newest, that.newest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(newest) + Long.hashCode(othersFrom);
    }

    @Override
    public String toString() {
        return "ForecastProgress[%d series, others from %d]".formatted(series.length, othersFrom);
    }
}
