package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.event.ForecastQuality;
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
                "revisions",
                "ticksTooOld",
                "restarts",
                "expiredSeries"
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
    void aFallbackIsAForecastToo() {
        metrics.issued(ForecastQuality.OK);
        metrics.issued(ForecastQuality.FALLBACK);

        assertThat(metrics.forecasts.getCount()).isEqualTo(2);
        assertThat(metrics.fallbackForecasts.getCount()).isEqualTo(1);
    }
}
