package io.tickformer.kafka;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;

/** Forecasts for tests. */
final class Forecasts {
    private Forecasts() {}

    /** Two steps of three levels. */
    static Forecast one() {
        return new Forecast(
                "käse/1",
                472_000,
                472_000L * 3_600_000L,
                3_600_000,
                new double[] {0.1, 0.5, 0.9},
                new float[] {-1f, 0f, 1e9f, 1.1f, 2.2f, 3.3f},
                new float[] {2.25f, 0.1f},
                "meters",
                "2026-11",
                17,
                ForecastQuality.OK);
    }
}
