package io.tickformer.feedback;

import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.spec.NormalQuantile;
import java.util.Arrays;

/** Forecasts that are normal distributions. */
public final class TestForecasts {
    private static final double[] LEVELS = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

    private static final double[] SCORES = Arrays.stream(LEVELS).map(NormalQuantile::of).toArray();

    private static final long TICK_MILLIS = 3_600_000;

    private TestForecasts() {}

    public static FeedbackShape shape(int horizon) {
        return new FeedbackShape(horizon, LEVELS, 24, TICK_MILLIS);
    }

    /** The same normal distribution for all steps. */
    public static Forecast normal(long tick, int horizon, double centre, double deviation) {
        double[] quantiles = new double[horizon * LEVELS.length];
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = centre + deviation * SCORES[i % LEVELS.length];
        }
        return of(tick, quantiles, centre);
    }

    /** A forecast with quantiles, H x Q, and the same mean at all steps. */
    public static Forecast of(long tick, double[] quantiles, double centre) {
        double[] mean = new double[quantiles.length / LEVELS.length];
        Arrays.fill(mean, centre);
        return new Forecast(
                "meter-7",
                tick,
                tick * TICK_MILLIS,
                TICK_MILLIS,
                LEVELS,
                quantiles,
                mean,
                "model",
                "1",
                100,
                ForecastQuality.OK);
    }

    /** Simple forecasts that say the same value everywhere. */
    public static SimpleForecasts simple(double value, int horizon) {
        double[] seasonal = new double[horizon];
        Arrays.fill(seasonal, value);
        return new SimpleForecasts(value, seasonal);
    }
}
