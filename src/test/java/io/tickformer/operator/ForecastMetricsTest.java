package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.window.CacheStatistics;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.util.clock.ManualClock;
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
    @ValueSource(strings = {"microBatchSize", "modelRunMicros", "forecastLatencyMillis"})
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
        assertThat(listener.<Long>getGauge("cacheHits").orElseThrow().getValue()).isEqualTo(90);
        assertThat(listener.<Long>getGauge("cacheMisses").orElseThrow().getValue()).isEqualTo(30);
        assertThat(listener.<Integer>getGauge("cacheSlots").orElseThrow().getValue()).isEqualTo(10);
        assertThat(listener.<Integer>getGauge("cachedSeries").orElseThrow().getValue())
                .isEqualTo(7);
        assertThat(listener.<Long>getGauge("cacheBytesPerSeries").orElseThrow().getValue())
                .isEqualTo(4096);
        assertThat(listener.<Long>getGauge("cacheEvictions").orElseThrow().getValue()).isEqualTo(2);
        assertThat(listener.<Long>getGauge("catchUpTokens").orElseThrow().getValue()).isEqualTo(5);
    }

    @Test
    void theDistanceOfTheWatermarkFromTheClockIsReportedOnceThereIsOne() {
        ManualClock clock = new ManualClock();
        clock.advanceTime(Duration.ofSeconds(90));
        metrics.watch(clock);
        Gauge<Double> behind = listener.<Double>getGauge("behindMillis").orElseThrow();

        assertThat(behind.getValue()).isNaN();
        metrics.advance(60_000);
        assertThat(behind.getValue()).isEqualTo(30_000);
        metrics.advance(100_000);
        assertThat(behind.getValue()).isEqualTo(-10_000);
        metrics.advance(Long.MAX_VALUE);
        assertThat(behind.getValue()).isZero();
    }

    @Test
    void theStateGrowsWithTheSeries() {
        AtomicLong series = new AtomicLong(3);
        metrics.watch(series::get, 1_000);
        Gauge<Long> bytes = listener.<Long>getGauge("stateBytes").orElseThrow();

        assertThat(bytes.getValue()).isEqualTo(3_000);
        series.set(5);
        assertThat(bytes.getValue()).isEqualTo(5_000);
        assertThat(listener.<Long>getGauge("seriesAlive").orElseThrow().getValue()).isEqualTo(5);
    }

    @Test
    void aFallbackIsAForecastToo() {
        metrics.issued(ForecastQuality.OK);
        metrics.issued(ForecastQuality.FALLBACK);

        assertThat(metrics.forecasts.getCount()).isEqualTo(2);
        assertThat(metrics.fallbackForecasts.getCount()).isEqualTo(1);
    }
}
