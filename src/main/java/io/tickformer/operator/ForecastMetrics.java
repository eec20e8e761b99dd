package io.tickformer.operator;

import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.CacheStatistics;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What the operator reports of itself. */
final class ForecastMetrics {
    private static final int HISTOGRAM_WINDOW = 1_000;

    /** Forecasts issued. */
    final Counter forecasts;

    /** Forecasts whose model answer was not finite. */
    final Counter fallbackForecasts;

    /** Late ticks that changed a context. */
    final Counter revisions;

    /** Late ticks older than the context. */
    final Counter ticksTooOld;

    /** Contexts that a gap of their length or more started anew. */
    final Counter restarts;

    /** Ticks of the past, which entered their context and were not forecast. */
    final Counter ticksNotForecast;

    /** Series forgotten because they stayed silent. */
    final Counter expiredSeries;

    /** Forecasts computed in one call. */
    final Histogram microBatchSize;

    /** Time of one call, in microseconds. */
    final Histogram modelRunMicros;

    private final MetricGroup group;

    ForecastMetrics(MetricGroup group) {
        this.group = group;
        forecasts = group.counter("forecasts");
        fallbackForecasts = group.counter("fallbackForecasts");
        revisions = group.counter("revisions");
        ticksTooOld = group.counter("ticksTooOld");
        restarts = group.counter("restarts");
        ticksNotForecast = group.counter("ticksNotForecast");
        expiredSeries = group.counter("expiredSeries");
        microBatchSize =
                group.histogram(
                        "microBatchSize", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
        modelRunMicros =
                group.histogram(
                        "modelRunMicros", new DescriptiveStatisticsHistogram(HISTOGRAM_WINDOW));
    }

    /** Reports what the cache of keys and values does. */
    void watch(Supplier<CacheStatistics> cache) {
        gauge("cacheSlots", () -> cache.get().slots());
        gauge("cachedSeries", () -> cache.get().residents());
        gauge("cacheBytesPerSeries", () -> cache.get().bytesPerSeries());
        gauge("cacheHitRate", () -> cache.get().hitRate());
        gauge("prefillShare", () -> cache.get().prefillShare());
        gauge("cacheEvictions", () -> cache.get().evictions());
        gauge("catchUpTokens", () -> cache.get().catchUps());
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
