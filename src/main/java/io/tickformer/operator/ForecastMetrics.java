package io.tickformer.operator;

import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.JobMetric;
import io.tickformer.monitoring.OperatorCounters;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.apache.flink.util.clock.Clock;

/** The metrics of the operator. */
final class ForecastMetrics {
    private static final int HISTOGRAM_WINDOW = 1_000;

    /** Ticks appended to a context, forecast or not. */
    final Counter ticks;

    /** Forecasts issued. */
    final Counter forecasts;

    /** Forecasts that are not the model's. */
    final Counter fallbackForecasts;

    /** Alarms for unusual ticks. */
    final Counter anomalies;

    /** Calls of the model that failed. */
    final Counter modelFailures;

    /** Times that the calls of the model began to fail. */
    final Counter modelOutages;

    /** Times that a call of the model succeeded again. */
    final Counter modelRecoveries;

    /** Readings of ticks that began before the job started to read; they are not used. */
    final Counter partialReadings;

    /** Late readings that revised a tick of their context. */
    final Counter lateRevised;

    /** Late readings older than their context. */
    final Counter lateTooOld;

    /** Contexts restarted after a gap of their length or more. */
    final Counter restarts;

    /** Ticks before the first one to be forecast; they only fill the context. */
    final Counter ticksNotForecast;

    /** Series whose state was deleted because they stayed silent. */
    final Counter expiredSeries;

    /** Contexts in one call of the model. */
    final Histogram microBatchSize;

    /** Duration of one call of the model, in microseconds. */
    final Histogram modelRunMicros;

    /** From the end of a tick to its forecast, in milliseconds. */
    final Histogram forecastLatencyMillis;

    private final MetricGroup group;
    private final OperatorCounters counters;

    /** Read by the threads of reporters. */
    private volatile long watermark = Long.MIN_VALUE;

    ForecastMetrics(MetricGroup group) {
        this.group = group;
        counters =
                new OperatorCounters(
                        group,
                        JobCounter.TICKS,
                        JobCounter.FORECASTS,
                        JobCounter.FALLBACK_FORECASTS,
                        JobCounter.ANOMALIES,
                        JobCounter.MODEL_FAILURES,
                        JobCounter.MODEL_OUTAGES,
                        JobCounter.MODEL_RECOVERIES,
                        JobCounter.TICKS_NOT_FORECAST,
                        JobCounter.PARTIAL_READINGS,
                        JobCounter.LATE_READINGS,
                        JobCounter.CONTEXT_RESTARTS,
                        JobCounter.EXPIRED_SERIES);
        ticks = counters.counter(JobCounter.TICKS);
        forecasts = counters.counter(JobCounter.FORECASTS);
        fallbackForecasts = counters.counter(JobCounter.FALLBACK_FORECASTS);
        anomalies = counters.counter(JobCounter.ANOMALIES);
        modelFailures = counters.counter(JobCounter.MODEL_FAILURES);
        modelOutages = counters.counter(JobCounter.MODEL_OUTAGES);
        modelRecoveries = counters.counter(JobCounter.MODEL_RECOVERIES);
        partialReadings = counters.counter(JobCounter.PARTIAL_READINGS);
        lateRevised = counters.counter(JobCounter.LATE_REVISED);
        lateTooOld = counters.counter(JobCounter.LATE_TOO_OLD);
        restarts = counters.counter(JobCounter.CONTEXT_RESTARTS);
        ticksNotForecast = counters.counter(JobCounter.TICKS_NOT_FORECAST);
        expiredSeries = counters.counter(JobCounter.EXPIRED_SERIES);
        microBatchSize = histogram(JobMetric.MICRO_BATCH_SIZE);
        modelRunMicros = histogram(JobMetric.MODEL_RUN_MICROS);
        forecastLatencyMillis = histogram(JobMetric.FORECAST_LATENCY_MILLIS);
    }

    private Histogram histogram(JobMetric metric) {
        return group.histogram(
                metric.metric(), new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /** All counters. */
    OperatorCounters counters() {
        return counters;
    }

    /** Registers gauges of the cache of keys and values. */
    void watch(Supplier<CacheStatistics> cache) {
        gauge(JobMetric.CACHE_SLOTS, () -> cache.get().capacity());
        gauge(JobMetric.CACHED_SERIES, () -> cache.get().series());
        gauge(JobMetric.CACHE_BYTES_PER_SERIES, () -> cache.get().bytesPerSeries());
        gauge(JobMetric.CACHE_HITS, () -> cache.get().hits());
        gauge(JobMetric.CACHE_MISSES, () -> cache.get().misses());
        gauge(JobMetric.CACHE_HIT_RATE, () -> cache.get().hitRate());
        gauge(JobMetric.PREFILL_SHARE, () -> cache.get().missRate());
        gauge(JobMetric.CACHE_EVICTIONS, () -> cache.get().evictions());
        gauge(JobMetric.CATCH_UP_TOKENS, () -> cache.get().catchUps());
    }

    /** Registers gauges of how good the published forecasts are. */
    void watch(LiveCoverage coverage, LiveErrors errors) {
        gauge(JobMetric.COVERAGE_80, coverage::of80);
        gauge(JobMetric.COVERAGE_95, coverage::of95);
        gauge(JobMetric.ERROR_TO_NAIVE, errors::toNaive);
        gauge(JobMetric.ERROR_TO_SEASONAL_NAIVE, errors::toSeasonalNaive);
    }

    /**
     * Registers gauges of the state.
     *
     * @param series number of series that have a context
     * @param bytesPerSeries size of the state of a series
     */
    void watch(LongSupplier series, long bytesPerSeries) {
        gauge(JobMetric.SERIES_ALIVE, series::getAsLong);
        gauge(JobMetric.STATE_BYTES, () -> series.getAsLong() * bytesPerSeries);
    }

    /** Registers a gauge of the distance between the watermark and a clock. */
    void watch(Clock clock) {
        gauge(JobMetric.BEHIND_MILLIS, () -> behindMillis(clock));
    }

    private double behindMillis(Clock clock) {
        long known = watermark;
        if (known == Long.MIN_VALUE) {
            return Double.NaN;
        }
        return known == Long.MAX_VALUE ? 0 : clock.absoluteTimeMillis() - known;
    }

    /** The watermark has advanced. */
    void advance(long timestamp) {
        watermark = timestamp;
    }

    private <N extends Number> void gauge(JobMetric metric, Gauge<N> value) {
        group.gauge(metric.metric(), value);
    }

    void issued(ForecastQuality quality) {
        forecasts.inc();
        if (quality == ForecastQuality.FALLBACK) {
            fallbackForecasts.inc();
        }
    }
}
