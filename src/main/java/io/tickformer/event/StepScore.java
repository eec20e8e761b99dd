package io.tickformer.event;

import io.tickformer.annotation.Public;
import java.util.Arrays;
import java.util.Objects;

/**
 * How good the recent forecasts of one horizon step have been. A target is a tick that was forecast
 * and has come due. Means are NaN without targets.
 *
 * @param step the horizon step, from 1
 * @param targets number of scored targets; older ones count less
 * @param absoluteError mean distance of the published median from the value
 * @param pinballLoss mean pinball loss over the quantile levels
 * @param naiveError mean absolute error of naive, which repeats the last observed value
 * @param seasonalNaiveError mean absolute error of seasonal naive, which repeats the value one
 *     season before
 * @param coverage for each interval the share of values within it; the record owns the array
 */
@Public
public record StepScore(
        int step,
        double targets,
        double absoluteError,
        double pinballLoss,
        double naiveError,
        double seasonalNaiveError,
        double[] coverage) {
    @Override
    public boolean equals(Object other) {
        return other instanceof StepScore that
                && step == that.step
                && Double.compare(targets, that.targets) == 0
                && Double.compare(absoluteError, that.absoluteError) == 0
                && Double.compare(pinballLoss, that.pinballLoss) == 0
                && Double.compare(naiveError, that.naiveError) == 0
                && Double.compare(seasonalNaiveError, that.seasonalNaiveError) == 0
                && Arrays.equals(coverage, that.coverage);
    }

    @Override
    public int hashCode() {
        return Objects.hash(step, targets, absoluteError, Arrays.hashCode(coverage));
    }
}
