package io.tickformer.operator;

import io.tickformer.annotation.Nullable;
import io.tickformer.annotation.Public;
import io.tickformer.feedback.FeedbackSettings;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * What follows from the ticks that come due.
 *
 * @param parts what the feedback of a series does
 * @param scores whether series report how good their forecasts are
 * @param scoreInterval event time between two of these reports
 * @param circuitBreaker whether a failed call of the model gives simple forecasts instead of
 *     failing the job
 */
@Public
public record LiveFeedbackSettings(
        FeedbackSettings parts, boolean scores, Duration scoreInterval, boolean circuitBreaker)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Everything is on. */
    public static final LiveFeedbackSettings DEFAULT =
            new LiveFeedbackSettings(FeedbackSettings.DEFAULT, true, Duration.ofHours(1), true);

    /** The forecasts of the model, unchanged; a failed call of it fails the job. */
    public static final LiveFeedbackSettings NONE =
            new LiveFeedbackSettings(FeedbackSettings.NONE, false, Duration.ofHours(1), false);

    public LiveFeedbackSettings {
        Objects.requireNonNull(parts, "parts");
        Objects.requireNonNull(scoreInterval, "scoreInterval");
    }

    /** Whether any part needs state of each series. */
    boolean keepsState() {
        return !parts.equals(FeedbackSettings.NONE) || scores;
    }

    /** These settings with other parts of the feedback. */
    public LiveFeedbackSettings withParts(FeedbackSettings other) {
        return new LiveFeedbackSettings(other, scores, scoreInterval, circuitBreaker);
    }

    /** These settings with another time between two scores; null for no scores. */
    public LiveFeedbackSettings withScores(@Nullable Duration interval) {
        return new LiveFeedbackSettings(
                parts,
                interval != null,
                interval == null ? scoreInterval : interval,
                circuitBreaker);
    }

    /** These settings with or without the circuit breaker. */
    public LiveFeedbackSettings withCircuitBreaker(boolean other) {
        return new LiveFeedbackSettings(parts, scores, scoreInterval, other);
    }
}
