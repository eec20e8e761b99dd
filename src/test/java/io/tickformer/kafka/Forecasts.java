package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;

/** Forecasts for tests. */
public final class Forecasts {
    private Forecasts() {}

    /** Two steps of three levels. */
    public static Forecast one() {
        return new Forecast(
                "käse/1",
                472_000,
                472_000L * 3_600_000L,
                3_600_000,
                new double[] {0.1, 0.5, 0.9},
                new double[] {-1, 0, 1e9, 1.1, 2.2, 3.3},
                new double[] {2.25, 0.1},
                "meters",
                "2026-11",
                17,
                ForecastQuality.OK,
                true);
    }
}
