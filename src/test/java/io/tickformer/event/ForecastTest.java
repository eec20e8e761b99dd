package io.tickformer.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ForecastTest {

    private static Forecast forecast(double[] quantiles, double... mean) {
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
        Forecast forecast = forecast(new double[] {1, 2, 3, 4}, 1.5, 3.5);

        assertThat(forecast.horizon()).isEqualTo(2);
        assertThat(forecast.quantile(0, 1)).isEqualTo(2);
        assertThat(forecast.quantile(1, 0)).isEqualTo(3);
    }

    @Test
    void equalContentsAreEqualForecasts() {
        Forecast one = forecast(new double[] {1, 2}, 1.5);

        assertThat(one).isEqualTo(forecast(new double[] {1, 2}, 1.5));
        assertThat(one).hasSameHashCodeAs(forecast(new double[] {1, 2}, 1.5));
        assertThat(one).isNotEqualTo(forecast(new double[] {1, 3}, 1.5));
    }

    @Test
    void quantilesThatDoNotFitStepsAndLevelsAreRefused() {
        assertThatThrownBy(() -> forecast(new double[] {1, 2, 3}, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("quantiles has 3 values; expected 1 steps x 2 levels");
    }
}
