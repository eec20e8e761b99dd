package io.tickformer.feedback;

import io.tickformer.annotation.Internal;

/**
 * Which parts of the feedback act on forecasts.
 *
 * @param calibrated whether published quantiles are calibrated
 */
@Internal
public record FeedbackSettings(boolean calibrated) {
    /** All parts are on. */
    public static final FeedbackSettings DEFAULT = new FeedbackSettings(true);
}
