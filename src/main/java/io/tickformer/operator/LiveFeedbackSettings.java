package io.tickformer.operator;

import io.tickformer.annotation.Public;
import io.tickformer.feedback.FeedbackSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What follows from the ticks that come due.
 *
 * @param parts which parts of the feedback act
 * @param scoreInterval event time between two score records of a series
 * @param circuitBreaker whether a failed call of the model gives simple forecasts instead of
 *     failing the job
 */
@Public
public record LiveFeedbackSettings(
        FeedbackSettings parts, Duration scoreInterval, boolean circuitBreaker)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Everything is on. */
    public static final LiveFeedbackSettings DEFAULT =
            new LiveFeedbackSettings(FeedbackSettings.DEFAULT, Duration.ofHours(1), true);

    /** The forecasts of the model, unchanged; a failed call of it fails the job. */
    public static final LiveFeedbackSettings NONE =
            new LiveFeedbackSettings(FeedbackSettings.NONE, Duration.ofHours(1), false);

    public LiveFeedbackSettings {
        Objects.requireNonNull(parts, "parts");
        Objects.requireNonNull(scoreInterval, "scoreInterval");
    }

    /** Whether any part needs state of each series. */
    boolean keepsState() {
        return !parts.equals(FeedbackSettings.NONE);
    }
}
