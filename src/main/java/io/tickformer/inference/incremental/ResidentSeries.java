package io.tickformer.inference.incremental;

import io.tickformer.context.SeriesContext;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Which series have a slot of the cache.
 *
 * <p>Every series is touched once a tick, in about the same order every time: a cyclic scan. Where
 * series outnumber slots, a policy that makes room for whatever comes has thrown out each series
 * just before it comes again; least-recently-used replacement then hits nothing at all. So a series
 * that has a slot keeps it, and the hit rate is that of slots to series. It gives way only where
 * that is sure to pay:
 *
 * <ul>
 *   <li>it has been silent for more ticks than can be bridged, so that nothing of it is of use any
 *       more;
 *   <li>another series ticks more than twice as often.
 * </ul>
 *
 * <p>A series without a slot looks at a few slots, further on each time, so that finding one is
 * cheap and every slot is looked at in turn.
 */
final class ResidentSeries {
    private static final int LOOKS = 8;

    private final CachedSeries[] slots;
    private final int bridgedTicks;
    private final Map<String, CachedSeries> bySeries;
    private final ForecastSpec spec;
    private final int window;

    /** Slots that were given back. */
    private final Deque<CachedSeries> free = new ArrayDeque<>();

    private int used;
    private long newestTick = Long.MIN_VALUE;
    private int hand;
    private long evictions;

    /**
     * @param slots how many there are
     * @param window W
     */
    ResidentSeries(ForecastSpec spec, int window, int slots) {
        this.slots = new CachedSeries[slots];
        this.bridgedTicks = CachedSeries.bridgedTicks(spec);
        this.spec = spec;
        this.window = window;
        this.bySeries = new HashMap<>();
    }

    /** The slot of a series, perhaps just given to it; null where it gets none. */
    CachedSeries admit(String series, SeriesContext context) {
        newestTick = Math.max(newestTick, context.headTick());
        CachedSeries own = bySeries.get(series);
        if (own != null) {
            return own;
        }
        CachedSeries given = free.poll();
        if (given == null) {
            given = used < slots.length ? take() : evict(context);
        }
        if (given != null) {
            given.assign(series);
            bySeries.put(series, given);
        }
        return given;
    }

    /** The next slot that was never used, made only now: a small model has room for very many. */
    private CachedSeries take() {
        slots[used] = new CachedSeries(used, spec, window);
        return slots[used++];
    }

    private CachedSeries evict(SeriesContext candidate) {
        for (int look = 0; look < Math.min(LOOKS, slots.length); look++) {
            CachedSeries resident = slots[hand];
            hand = hand + 1 == slots.length ? 0 : hand + 1;
            if (!resident.isPending() && givesWay(resident, candidate)) {
                bySeries.remove(resident.series());
                evictions++;
                return resident;
            }
        }
        return null;
    }

    private boolean givesWay(CachedSeries resident, SeriesContext candidate) {
        boolean isStale = newestTick - resident.tick() > bridgedTicks;
        return isStale || candidate.observedTicks() > 2L * resident.observedTicks();
    }

    /** Forgets what is kept of a series; the slot stays its own. */
    void forget(String series) {
        CachedSeries own = bySeries.get(series);
        if (own != null) {
            own.forget();
        }
    }

    /**
     * Gives a slot back, as its series is gone. One with a token that is still to be computed stays
     * its own, and gives way as that of a silent series does.
     */
    void release(String series) {
        CachedSeries own = bySeries.get(series);
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

    int slots() {
        return slots.length;
    }

    int residents() {
        return bySeries.size();
    }

    long evictions() {
        return evictions;
    }
}
