package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.feedback.anomaly.AnomalySettings;
import java.io.Serializable;

/**
 * Which parts of the feedback act on forecasts.
 *
 * @param calibrated whether published quantiles are calibrated
 * @param mixed whether forecasts are mixed with, or replaced by, naive and seasonal naive, as their
 *     past errors suggest
 * @param anomalies what counts as an anomaly; null if ticks are not scored for anomalies
 */
@Internal
public record FeedbackSettings(
        boolean calibrated, boolean mixed, @Nullable AnomalySettings anomalies)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** All parts are on. */
    public static final FeedbackSettings DEFAULT =
            new FeedbackSettings(true, true, AnomalySettings.DEFAULT);

    /** All parts are off. */
    public static final FeedbackSettings NONE = new FeedbackSettings(false, false, null);

    /** These settings with other anomalies; null for none. */
    public FeedbackSettings withAnomalies(@Nullable AnomalySettings other) {
        return new FeedbackSettings(calibrated, mixed, other);
    }
}
