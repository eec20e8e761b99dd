package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import java.io.Serializable;

/**
 * Which parts of the feedback act on forecasts.
 *
 * @param calibrated whether published quantiles are calibrated
 */
@Internal
public record FeedbackSettings(boolean calibrated) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All parts are on. */
    public static final FeedbackSettings DEFAULT = new FeedbackSettings(true);

    /** All parts are off. */
    public static final FeedbackSettings NONE = new FeedbackSettings(false);
}
