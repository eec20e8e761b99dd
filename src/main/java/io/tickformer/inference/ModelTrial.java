package io.tickformer.inference;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs a model once, so that a graph that cannot answer is refused where it is opened and not at
 * the first tick: one that fails, one that does not end, and one whose answer to an ordinary series
 * is no number.
 */
final class ModelTrial {
    /** Very much more than any forecaster takes for two forecasts. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A wave that goes round in so many ticks. */
    private static final double PERIOD = 24;

    private static final double LEVEL = 10;
    private static final int MOST_TICKS = 1 << 14;

    private ModelTrial() {}

    /**
     * Runs a model on a series that has just begun, and on one that goes up and down about a level.
     *
     * @param batch of the model, for two contexts and all that it answers
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
        batch.forecasts(1, "trial", ModelTrial::requireFinite);
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
