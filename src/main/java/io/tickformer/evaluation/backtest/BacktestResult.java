package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Public;
import java.util.List;

/**
 * The result of a backtest.
 *
 * @param series number of series
 * @param windows number of windows per series
 * @param horizon steps of each forecast
 * @param season ticks
 * @param missingTargets number of targets without an observation, over all series; they are left
 *     out of every metric
 * @param unscaledSeries number of series without a value in the training set, which have no
 *     z-scored errors
 * @param forecasters one result per forecaster, in the given order
 */
@Public
public record BacktestResult(
        int series,
        int windows,
        int horizon,
        int season,
        long missingTargets,
        int unscaledSeries,
        List<ForecasterResult> forecasters) {
    public BacktestResult {
        forecasters = List.copyOf(forecasters);
    }
}
