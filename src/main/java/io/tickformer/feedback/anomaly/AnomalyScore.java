package io.tickformer.feedback.anomaly;

import io.tickformer.annotation.Internal;

/**
 * How unusual one tick is.
 *
 * @param tick the tick index
 * @param value its value; NaN if it is missing
 * @param expected the value less the deviation that stands out most: the median of the forecast
 *     made one tick or {@link AnomalyDetector#lead()} ticks before, or, of a deviation that lasts,
 *     the value less its mean over 16 ticks; NaN if there is none
 * @param score evidence in decimal orders of magnitude, 0 or more: a deviation of one kind that is
 *     seen once in 1,000 ticks of the series gives 3. 0 without evidence
 * @param isHigh whether the stronger evidence is for a value above the forecast
 * @param isNew whether the tick stands out from what came just before it; false for the ticks that
 *     follow the first tick of an event and are not much rarer
 * @param threshold the score from which on a tick is alarming
 * @param state whether there is an event; of a tick that is scored again, what becomes of its alarm
 */
@Internal
public record AnomalyScore(
        long tick,
        double value,
        double expected,
        double score,
        boolean isHigh,
        boolean isNew,
        double threshold,
        AnomalyPhase state) {
    /** The same evidence with what follows from it. */
    AnomalyScore in(AnomalyPhase newState, boolean news) {
        return new AnomalyScore(tick, value, expected, score, isHigh, news, threshold, newState);
    }
}
