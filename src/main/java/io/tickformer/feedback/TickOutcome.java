package io.tickformer.feedback;

import io.tickformer.annotation.Internal;
import io.tickformer.annotation.Nullable;
import io.tickformer.feedback.anomaly.AnomalyScore;
import java.util.Arrays;
import java.util.Objects;

/**
 * How a tick compares to the forecasts that were made for it.
 *
 * @param tick the tick index
 * @param value its value; NaN if it is missing
 * @param positions one per scored step: where the value fell in the published forecast of that
 *     step, as a normal score (0 is the median, 1.28 the 90 % quantile); NaN if the tick is missing
 *     or no such forecast is remembered. The record owns the array
 * @param anomaly how unusual the tick is; null if anomalies are not scored, and for a late reading
 *     that changes nothing
 */
@Internal
public record TickOutcome(
        long tick, double value, double[] positions, @Nullable AnomalyScore anomaly) {
    @Override
    public boolean equals(Object other) {
        return other instanceof TickOutcome that
                && tick == that.tick
                && Double.compare(value, that.value) == 0
                && Arrays.equals(positions, that.positions)
                && Objects.equals(anomaly, that.anomaly);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tick, value, Arrays.hashCode(positions), anomaly);
    }
}
