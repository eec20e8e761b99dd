package io.tickformer.inference.window;

import io.tickformer.annotation.Public;

/**
 * The size of a cache, and what it has done since it was made.
 *
 * @param capacity series it has room for
 * @param series series in it
 * @param bytesPerSeries memory of one series, off heap
 * @param hits forecasts computed from the newest token and the cache
 * @param misses forecasts computed from the whole context
 * @param catchUps tokens computed for ticks without a forecast, so that later forecasts hit
 * @param evictions series that lost their entry to another series
 */
@Public
public record CacheStatistics(
        int capacity,
        int series,
        long bytesPerSeries,
        long hits,
        long misses,
        long catchUps,
        long evictions) {
    /** The statistics where there is no cache. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0, 0, 0, 0);

    /** The statistics of two caches of the same model together. */
    public CacheStatistics plus(CacheStatistics other) {
        return new CacheStatistics(
                capacity + other.capacity,
                series + other.series,
                Math.max(bytesPerSeries, other.bytesPerSeries),
                hits + other.hits,
                misses + other.misses,
                catchUps + other.catchUps,
                evictions + other.evictions);
    }

    /** Share of forecasts that were hits, 0 before the first. */
    public double hitRate() {
        return share(hits);
    }

    /** Share of forecasts that were misses, 0 before the first. */
    public double missRate() {
        return share(misses);
    }

    private double share(long part) {
        long forecasts = hits + misses;
        return forecasts == 0 ? 0 : (double) part / forecasts;
    }
}
