package io.tickformer.monitoring;

import io.tickformer.annotation.Internal;

/**
 * The gauges and histograms that the operators of a running job register. Those of {@link JobGauge}
 * come in addition: Flink registers some of them. The operators take their names from this list,
 * and the page of metrics its rows.
 */
@Internal
public enum JobMetric {
    SERIES_ALIVE(
            MetricOwner.FORECASTS,
            "seriesAlive",
            "series",
            "series that have a context; entities, if the model mixes channels"),
    STATE_BYTES(
            MetricOwner.FORECASTS,
            "stateBytes",
            "bytes",
            "context and feedback of these series once their contexts are full, without what the"
                    + " state backend adds"),
    BEHIND_MILLIS(
            MetricOwner.FORECASTS,
            "behindMillis",
            "milliseconds",
            "how far the watermark trails the clock, negative if it is ahead; NaN before the first"
                    + " watermark, 0 at the end of the input"),
    FORECAST_LATENCY_MILLIS(
            MetricOwner.FORECASTS,
            Kind.HISTOGRAM,
            "forecastLatencyMillis",
            "milliseconds",
            "from the end of a tick in event time to its forecast by the clock; the age of the data"
                    + " while the past is read"),
    MICRO_BATCH_SIZE(
            MetricOwner.FORECASTS,
            Kind.HISTOGRAM,
            "microBatchSize",
            "ticks",
            "ticks forecast in one call of the model"),
    MODEL_RUN_MICROS(
            MetricOwner.FORECASTS,
            Kind.HISTOGRAM,
            "modelRunMicros",
            "microseconds",
            "duration of one call of the model"),
    COVERAGE_80(
            MetricOwner.FORECASTS,
            "coverage80",
            "share",
            "recent values within the 80 % interval published for them, over all scored steps; NaN"
                    + " before the first"),
    COVERAGE_95(MetricOwner.FORECASTS, "coverage95", "share", "the same for the 95 % interval"),
    ERROR_TO_NAIVE(
            MetricOwner.FORECASTS,
            "errorToNaive",
            "ratio",
            "recent absolute error of the published median as a multiple of that of naive (the last"
                    + " value), a mean over series and scored steps; NaN before the first"),
    ERROR_TO_SEASONAL_NAIVE(
            MetricOwner.FORECASTS,
            "errorToSeasonalNaive",
            "ratio",
            "the same against seasonal naive (the value one season before)"),
    CACHE_HITS(
            MetricOwner.FORECASTS,
            "cacheHits",
            "forecasts",
            "forecasts that found keys and values of their series"),
    CACHE_MISSES(
            MetricOwner.FORECASTS,
            "cacheMisses",
            "forecasts",
            "forecasts that computed their whole context anew"),
    CACHE_HIT_RATE(
            MetricOwner.FORECASTS,
            "cacheHitRate",
            "share",
            "hits, of all forecasts since the start"),
    PREFILL_SHARE(
            MetricOwner.FORECASTS,
            "prefillShare",
            "share",
            "misses, of all forecasts since the start"),
    CACHED_SERIES(
            MetricOwner.FORECASTS,
            "cachedSeries",
            "series",
            "series of which keys and values are kept"),
    CACHE_SLOTS(
            MetricOwner.FORECASTS,
            "cacheSlots",
            "series",
            "series of which there is room for keys and values"),
    CACHE_BYTES_PER_SERIES(
            MetricOwner.FORECASTS,
            "cacheBytesPerSeries",
            "bytes",
            "size of the keys and values of a series"),
    CACHE_EVICTIONS(
            MetricOwner.FORECASTS,
            "cacheEvictions",
            "series",
            "series that gave their slot to another"),
    CATCH_UP_TOKENS(
            MetricOwner.FORECASTS,
            "catchUpTokens",
            "tokens",
            "tokens computed for ticks without a forecast, so that later ones find them"),
    DRIFTING(
            MetricOwner.DRIFT,
            "drifting",
            "0 or 1",
            "1 while many series are forecast worse than usual; known from the first tick on"),
    SERIES_HELD(
            MetricOwner.ADMISSION,
            "seriesHeld",
            "series",
            "series that count against `forecast.max-series`; 0 without that limit"),
    SERIES_AT_MOST(
            MetricOwner.ADMISSION,
            "seriesAtMost",
            "series",
            "the subtask's share of `forecast.max-series`; 0 for no limit"),
    WATCHED_VALUE(
            MetricOwner.WATCHED_SERIES,
            "value",
            "of the series",
            "value of its newest tick; NaN if it is missing"),
    WATCHED_MEDIAN(
            MetricOwner.WATCHED_SERIES, "median", "of the series", "median of the tick after that"),
    WATCHED_LOW(
            MetricOwner.WATCHED_SERIES,
            "low",
            "of the series",
            "lower end of the 80 % interval of the tick after that, or of the nearest one that is"
                    + " emitted"),
    WATCHED_HIGH(MetricOwner.WATCHED_SERIES, "high", "of the series", "upper end of it"),
    WATCHED_ERROR_TO_NAIVE(
            MetricOwner.WATCHED_SERIES,
            "errorToNaive",
            "ratio",
            "recent absolute error of the forecasts one tick ahead, as a multiple of that of naive");

    /** What Flink calls it. */
    public enum Kind {
        GAUGE,
        HISTOGRAM
    }

    private final MetricOwner owner;
    private final Kind kind;
    private final String metric;
    private final String unit;
    private final String meaning;

    JobMetric(MetricOwner owner, String metric, String unit, String meaning) {
        this(owner, Kind.GAUGE, metric, unit, meaning);
    }

    JobMetric(MetricOwner owner, Kind kind, String metric, String unit, String meaning) {
        this.owner = owner;
        this.kind = kind;
        this.metric = metric;
        this.unit = unit;
        this.meaning = meaning;
    }

    /** The operator that registers it. */
    public MetricOwner owner() {
        return owner;
    }

    public Kind kind() {
        return kind;
    }

    /** Name of the metric. */
    public String metric() {
        return metric;
    }

    public String unit() {
        return unit;
    }

    /** A description of what it tells. */
    public String meaning() {
        return meaning;
    }
}
