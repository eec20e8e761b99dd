package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ForecastTest {

    private static Forecast forecast(float[] quantiles, float... mean) {
        return new Forecast(
                "s",
                5,
                300_000,
                60_000,
                new double[] {0.1, 0.9},
                quantiles,
                mean,
                "model",
                "1",
                3,
                ForecastQuality.OK);
    }

    @Test
    void quantilesAreReadByStepAndLevel() {
        Forecast forecast = forecast(new float[] {1, 2, 3, 4}, 1.5f, 3.5f);

        assertThat(forecast.horizon()).isEqualTo(2);
        assertThat(forecast.quantile(0, 1)).isEqualTo(2);
        assertThat(forecast.quantile(1, 0)).isEqualTo(3);
    }

    @Test
    void equalContentsAreEqualForecasts() {
        Forecast one = forecast(new float[] {1, 2}, 1.5f);

        assertThat(one).isEqualTo(forecast(new float[] {1, 2}, 1.5f));
        assertThat(one).hasSameHashCodeAs(forecast(new float[] {1, 2}, 1.5f));
        assertThat(one).isNotEqualTo(forecast(new float[] {1, 3}, 1.5f));
    }

    @Test
    void quantilesThatDoNotFitStepsAndLevelsAreRefused() {
        assertThatThrownBy(() -> forecast(new float[] {1, 2, 3}, 1.5f))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantiles has 3 values; expected 1 steps x 2 levels");
    }
}
