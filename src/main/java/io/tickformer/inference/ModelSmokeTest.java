package io.tickformer.inference;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs a model once when it is opened. A graph that fails, hangs, or answers NaN to an ordinary
 * series is refused then and not at the first tick.
 */
final class ModelSmokeTest {
    /** Much more than any model takes for two forecasts. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Ticks of a period of the test series, a sine wave. */
    private static final double PERIOD = 24;

    private static final double LEVEL = 10;
    private static final int MOST_TICKS = 1 << 14;

    private ModelSmokeTest() {}

    /**
     * Runs a model on a series with one tick, and on a sine wave around a level.
     *
     * @param batch of the model, with room for two contexts and the whole answer
     * @throws InferenceException if it does not answer
     */
    static void require(ForecastSpec spec, MicroBatch batch) {
        SeriesContext begun = SeriesContext.of(spec);
        double[] values = new double[spec.channelCount()];
        Arrays.fill(values, 1);
        begun.update(0, values);
        SeriesContext ordinary = SeriesContext.of(spec);
        int ticks = Math.min(spec.ringTicks(), MOST_TICKS);
        for (int tick = 0; tick < ticks; tick++) {
            Arrays.fill(values, LEVEL + Math.sin(tick * 2 * Math.PI / PERIOD));
            ordinary.update(tick, values);
        }
        batch.add(begun);
        batch.add(ordinary);
        batch.run();
        batch.forecasts(1, "trial", ModelSmokeTest::requireFinite);
    }

    private static void requireFinite(Forecast forecast) {
        if (forecast.quality() == ForecastQuality.FALLBACK) {
            throw new InferenceException(
                    ("the model answers no finite number to an ordinary series (values about %.0f,"
                                    + " all observed); take another model, or train it anew")
                            .formatted(LEVEL));
        }
    }
}
