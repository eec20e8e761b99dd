package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.calibration.CalibrationPlan;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.mixture.MixturePlan;

/**
 * What the feedback of all series of one thread has in common, so that the state of a series is
 * small and quickly read: settings, constants that follow from the shape of the forecasts, and
 * arrays in which a forecast is computed.
 *
 * @param paths the forecast that is computed
 */
@Internal
public record FeedbackPlan(
        FeedbackSettings settings,
        FeedbackShape shape,
        CalibrationPlan calibration,
        MixturePlan mixture,
        ForecastPaths paths) {
    /** For forecasts of a shape. */
    public static FeedbackPlan of(FeedbackSettings settings, FeedbackShape shape) {
        return new FeedbackPlan(
                settings,
                shape,
                new CalibrationPlan(shape),
                new MixturePlan(shape),
                new ForecastPaths(shape));
    }
}
