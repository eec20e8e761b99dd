package io.tickformer.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.tickformer.event.Forecast;

/** Forecasts that may differ in the last bits of their numbers, by the size of the micro-batch. */
final class ForecastAssert {
    private static final float RELATIVE = 1e-5f;

    private ForecastAssert() {}

    static void assertEqualTo(Forecast actual, Forecast expected) {
        assertThat(actual.series()).isEqualTo(expected.series());
        assertThat(actual.tickIndex()).isEqualTo(expected.tickIndex());
        assertThat(actual.tickTimeMillis()).isEqualTo(expected.tickTimeMillis());
        assertThat(actual.observedTicks()).isEqualTo(expected.observedTicks());
        assertThat(actual.quality()).isEqualTo(expected.quality());
        assertThat(actual.quantileLevels()).isEqualTo(expected.quantileLevels());
        assertClose(actual.mean(), expected.mean());
        assertClose(actual.quantiles(), expected.quantiles());
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], offset(RELATIVE * largest));
        }
    }
}
