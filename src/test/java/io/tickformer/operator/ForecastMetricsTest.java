package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.window.CacheStatistics;
import org.apache.flink.metrics.testutils.MetricListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForecastMetricsTest {
    private final MetricListener listener = new MetricListener();
    private final ForecastMetrics metrics = new ForecastMetrics(listener.getMetricGroup());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "forecasts",
                "fallbackForecasts",
                "ticks",
                "ticksNotForecast",
                "lateReadings.revised",
                "lateReadings.tooOld",
                "contextRestarts",
                "expiredSeries",
                "partialReadings"
            })
    void countersAreRegisteredUnderTheirNames(String name) {
        assertThat(listener.getCounter(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"microBatchSize", "modelRunMicros"})
    void histogramsAreRegisteredUnderTheirNames(String name) {
        assertThat(listener.getHistogram(name)).isPresent();
    }

    @Test
    void whatTheCacheDoesIsReported() {
        metrics.watch(() -> new CacheStatistics(10, 7, 4096, 90, 30, 5, 2));

        assertThat(listener.<Double>getGauge("cacheHitRate").orElseThrow().getValue())
                .isEqualTo(0.75);
        assertThat(listener.<Double>getGauge("prefillShare").orElseThrow().getValue())
                .isEqualTo(0.25);
        assertThat(listener.<Integer>getGauge("cacheSlots").orElseThrow().getValue()).isEqualTo(10);
        assertThat(listener.<Integer>getGauge("cachedSeries").orElseThrow().getValue())
                .isEqualTo(7);
        assertThat(listener.<Long>getGauge("cacheBytesPerSeries").orElseThrow().getValue())
                .isEqualTo(4096);
        assertThat(listener.<Long>getGauge("cacheEvictions").orElseThrow().getValue()).isEqualTo(2);
        assertThat(listener.<Long>getGauge("catchUpTokens").orElseThrow().getValue()).isEqualTo(5);
    }

    @Test
    void aFallbackIsAForecastToo() {
        metrics.issued(ForecastQuality.OK);
        metrics.issued(ForecastQuality.FALLBACK);

        assertThat(metrics.forecasts.getCount()).isEqualTo(2);
        assertThat(metrics.fallbackForecasts.getCount()).isEqualTo(1);
    }
}
