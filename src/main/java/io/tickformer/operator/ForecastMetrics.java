package io.tickformer.operator;

import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.window.CacheStatistics;
import io.tickformer.monitoring.JobCounter;
import io.tickformer.monitoring.OperatorCounters;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

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

    private final MetricGroup group;
    private final OperatorCounters counters;

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
        microBatchSize =
                group.histogram(
                        "microBatchSize", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        modelRunMicros =
                group.histogram(
                        "modelRunMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /** All counters. */
    OperatorCounters counters() {
        return counters;
    }

    /** Registers gauges of the cache of keys and values. */
    void watch(Supplier<CacheStatistics> cache) {
        gauge("cacheSlots", () -> cache.get().capacity());
        gauge("cachedSeries", () -> cache.get().series());
        gauge("cacheBytesPerSeries", () -> cache.get().bytesPerSeries());
        gauge("cacheHitRate", () -> cache.get().hitRate());
        gauge("prefillShare", () -> cache.get().missRate());
        gauge("cacheEvictions", () -> cache.get().evictions());
        gauge("catchUpTokens", () -> cache.get().catchUps());
    }

    /** Registers gauges of the coverage of intervals. */
    void watch(LiveCoverage coverage) {
        gauge("coverage80", coverage::of80);
        gauge("coverage95", coverage::of95);
    }

    private <N extends Number> void gauge(String name, Gauge<N> value) {
        group.gauge(name, value);
    }

    void issued(ForecastQuality quality) {
        forecasts.inc();
        if (quality == ForecastQuality.FALLBACK) {
            fallbackForecasts.inc();
        }
    }
}
