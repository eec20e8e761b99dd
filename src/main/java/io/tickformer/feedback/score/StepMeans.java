package io.tickformer.feedback.score;

import io.tickformer.annotation.Internal;
import java.util.Arrays;
import java.util.Objects;

/**
 * The scores of the forecasts of one horizon step. Means are NaN without targets.
 *
 * @param targets number of scored targets; a sum of weights where older ones weigh less
 * @param absoluteError mean distance of the published median from the value, in the unit of the
 *     series
 * @param pinball mean pinball loss over the Q published quantiles, in the unit of the series
 * @param coverage for each central interval, the narrowest first, the share of values within it;
 *     the record owns the array
 * @param naiveError mean absolute error of naive, the last observed value
 * @param seasonalNaiveError mean absolute error of seasonal naive
 */
@Internal
public record StepMeans(
        double targets,
        double absoluteError,
        double pinball,
        double[] coverage,
        double naiveError,
        double seasonalNaiveError) {
    @Override
    public boolean equals(Object other) {
        return other instanceof StepMeans that
                && targets == that.targets
                && Double.compare(absoluteError, that.absoluteError) == 0
                && Double.compare(pinball, that.pinball) == 0
                && Arrays.equals(coverage, that.coverage)
                && Double.compare(naiveError, that.naiveError) == 0
                && Double.compare(seasonalNaiveError, that.seasonalNaiveError) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(targets, absoluteError, pinball, Arrays.hashCode(coverage));
    }
}
