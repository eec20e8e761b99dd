package io.tickformer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.event.Forecast;
import java.util.Comparator;
import java.util.List;

/** Compares forecasts of the same ticks that came by different ways. */
public final class ForecastCheck {

    private static final double RELATIVE = 1e-5;

    private static final Comparator<Forecast> BY_SERIES_AND_TICK =
            Comparator.comparing(Forecast::series).thenComparingLong(Forecast::tickIndex);

    private ForecastCheck() {}

    /** Asserts equal ticks, and numbers within 1e-5 of the largest of their forecast. */
    public static void assertSame(List<Forecast> actual, List<Forecast> expected) {
        List<Forecast> left = actual.stream().sorted(BY_SERIES_AND_TICK).toList();
        List<Forecast> right = expected.stream().sorted(BY_SERIES_AND_TICK).toList();
        assertThat(left.stream().map(ForecastCheck::identity).toList())
                .isEqualTo(right.stream().map(ForecastCheck::identity).toList());
        for (int i = 0; i < left.size(); i++) {
            assertSame(left.get(i), right.get(i));
        }
    }

    /** Asserts the same tick, and numbers within 1e-5 of the largest of the forecast. */
    public static void assertSame(Forecast actual, Forecast expected) {
        String name = identity(expected);
        assertThat(identity(actual)).isEqualTo(name);
        assertThat(actual.quantileLevels()).as(name).isEqualTo(expected.quantileLevels());
        assertClose(name + " quantiles", actual.quantiles(), expected.quantiles());
        assertClose(name + " mean", actual.mean(), expected.mean());
    }

    private static String identity(Forecast forecast) {
        return "%s@%d (%d ms) %s, %d observed, model %s %s"
                .formatted(
                        forecast.series(),
                        forecast.tickIndex(),
                        forecast.tickTimeMillis(),
                        forecast.quality(),
                        forecast.observedTicks(),
                        forecast.modelName(),
                        forecast.modelVersion());
    }

    private static void assertClose(String name, double[] actual, double[] expected) {
        assertThat(actual).as(name).hasSameSizeAs(expected);
        double largest = 0;
        for (double each : expected) {
            largest = Math.max(largest, Math.abs(each));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as(name).isCloseTo(expected[i], within(RELATIVE * largest));
        }
    }
}
