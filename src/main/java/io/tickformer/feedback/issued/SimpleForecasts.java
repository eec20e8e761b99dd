package io.tickformer.feedback.issued;

import io.tickformer.annotation.Internal;
import java.util.Arrays;

/**
 * What forecasters without parameters say at a tick, in the unit of the series.
 *
 * @param naive the last observed value, for every step; NaN if there is none
 * @param seasonalNaive H values, one per horizon step: the value one season before the target, or
 *     the latest season that was known; NaN if it is missing. The record owns the array
 */
@Internal
public record SimpleForecasts(double naive, double[] seasonalNaive) {
    /** The same value for all steps, and no seasonal forecast. */
    public static SimpleForecasts ofNaive(double naive, int horizon) {
        double[] none = new double[horizon];
        Arrays.fill(none, Double.NaN);
        return new SimpleForecasts(naive, none);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SimpleForecasts that
                && Double.compare(naive, that.naive) == 0
                && Arrays.equals(seasonalNaive, that.seasonalNaive);
    }

    @Override
    public int hashCode() {
        return Double.hashCode(naive) * 31 + Arrays.hashCode(seasonalNaive);
    }
}
