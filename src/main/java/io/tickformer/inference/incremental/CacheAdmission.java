package io.tickformer.inference.incremental;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides which series have an entry of the cache.
 *
 * <p>Every series is touched once per tick, in about the same order every time: a cyclic scan. If
 * there are more series than entries, a policy that admits every newcomer evicts each series just
 * before it comes again; least-recently-used replacement then never hits. So a series keeps its
 * entry, and the hit rate is the ratio of entries to series. An entry changes hands only if that is
 * sure to pay:
 *
 * <ul>
 *   <li>its series has been silent for more ticks than can be bridged, so that its tokens are
 *       useless;
 *   <li>another series ticks more than twice as often.
 * </ul>
 *
 * <p>A series without an entry looks at a few entries, and at the next ones each time, so that the
 * search is cheap and covers all entries in turn.
 */
final class CacheAdmission {
    private static final int LOOKS = 8;

    private final CacheEntry[] entries;
    private final int bridgedTicks;
    private final Map<String, CacheEntry> bySeries;
    private final ForecastSpec spec;
    private final int window;

    /** Entries that were released. */
    private final Deque<CacheEntry> free = new ArrayDeque<>();

    private int used;
    private long newestTick = Long.MIN_VALUE;
    private int hand;
    private long evictions;

    /**
     * @param entries number of entries
     * @param window W
     */
    CacheAdmission(ForecastSpec spec, int window, int entries) {
        this.entries = new CacheEntry[entries];
        this.bridgedTicks = CacheEntry.bridgedTicks(spec);
        this.spec = spec;
        this.window = window;
        this.bySeries = new HashMap<>();
    }

    /** Returns the entry of a series, which may be newly assigned, or null if it gets none. */
    CacheEntry admit(String series, SeriesContext context) {
        newestTick = Math.max(newestTick, context.headTick());
        CacheEntry own = bySeries.get(series);
        if (own != null) {
            return own;
        }
        CacheEntry given = free.poll();
        if (given == null) {
            given = used < entries.length ? take() : evict(context);
        }
        if (given != null) {
            given.assign(series);
            bySeries.put(series, given);
        }
        return given;
    }

    /** Makes the next entry. Entries are made late, as a small model has room for very many. */
    private CacheEntry take() {
        entries[used] = new CacheEntry(used, spec, window);
        return entries[used++];
    }

    private CacheEntry evict(SeriesContext candidate) {
        for (int look = 0; look < Math.min(LOOKS, entries.length); look++) {
            CacheEntry entry = entries[hand];
            hand = hand + 1 == entries.length ? 0 : hand + 1;
            if (!entry.isPending() && givesWay(entry, candidate)) {
                bySeries.remove(entry.series());
                evictions++;
                return entry;
            }
        }
        return null;
    }

    private boolean givesWay(CacheEntry entry, SeriesContext candidate) {
        boolean isStale = newestTick - entry.tick() > bridgedTicks;
        return isStale || candidate.observedTicks() > 2L * entry.observedTicks();
    }

    /** Forgets the tokens of a series, which keeps its entry. */
    void forget(String series) {
        CacheEntry own = bySeries.get(series);
        if (own != null) {
            own.forget();
        }
    }

    /** Forgets the tokens of every series, pending ones too. The series keep their entries. */
    void discard() {
        for (int entry = 0; entry < used; entry++) {
            entries[entry].discard();
        }
    }

    /**
     * Frees the entry of a series that is gone. An entry with a pending token stays with its series
     * and is evicted like that of a silent series.
     */
    void release(String series) {
        CacheEntry own = bySeries.get(series);
        if (own == null) {
            return;
        }
        own.forget();
        if (!own.isPending()) {
            bySeries.remove(series);
            own.assign(null);
            free.push(own);
        }
    }

    /** Number of entries. */
    int capacity() {
        return entries.length;
    }

    /** Number of series with an entry. */
    int series() {
        return bySeries.size();
    }

    long evictions() {
        return evictions;
    }
}
