package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.mixture.ForecastMixer;

/**
 * Arrays in which a forecast is computed. Nothing is kept in them from one forecast to the next, so
 * all series of a thread share one.
 *
 * @param paths the values of the forecast
 * @param mixer mixes them
 */
@Internal
public record FeedbackWorkspace(ForecastPaths paths, ForecastMixer mixer) {
    /** Room for forecasts of a shape. */
    public static FeedbackWorkspace of(FeedbackShape shape) {
        return new FeedbackWorkspace(new ForecastPaths(shape), new ForecastMixer(shape));
    }
}
