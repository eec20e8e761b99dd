package io.tickformer.inference.window;

/**
 * What a cache has done since it was made, and what it is.
 *
 * @param slots series it has room for
 * @param residents series in it
 * @param bytesPerSeries memory of one series, off heap
 * @param steps forecasts from the newest token and the cache: hits
 * @param prefills forecasts that recomputed the whole context: misses
 * @param catchUps tokens computed for ticks without a forecast, so that later ones are hits
 * @param evictions series that gave way to others
 */
public record CacheStatistics(
        int slots,
        int residents,
        long bytesPerSeries,
        long steps,
        long prefills,
        long catchUps,
        long evictions) {
    /** A forecaster without a cache. */
    public static final CacheStatistics NONE = new CacheStatistics(0, 0, 0, 0, 0, 0, 0);

    /** Share of forecasts that were hits, 0 before the first. */
    public double hitRate() {
        return share(steps);
    }

    /** Share of forecasts that recomputed the whole context, 0 before the first. */
    public double prefillShare() {
        return share(prefills);
    }

    private double share(long part) {
        long forecasts = steps + prefills;
        return forecasts == 0 ? 0 : (double) part / forecasts;
    }
}
