package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;

/** Takes what the feedback of series finds. */
@Internal
public interface FeedbackListener {
    /** Takes nothing. */
    FeedbackListener NONE = new FeedbackListener() {};

    /**
     * A tick was compared to the forecasts that were made for it.
     *
     * @param feedback of the series, by now
     * @param wasFallback whether simple forecasts took the model's place before
     */
    default void observed(
            String series, TickOutcome outcome, SeriesFeedback feedback, boolean wasFallback) {}

    /** A late reading changed a tick that was compared before. */
    default void revised(String series, TickOutcome outcome) {}
}
