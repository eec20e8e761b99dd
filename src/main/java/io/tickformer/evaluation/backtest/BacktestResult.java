package io.tickformer.evaluation.backtest;

import java.util.List;

/**
 * What came of a backtest.
 *
 * @param series how many series were forecast
 * @param windows windows of each series
 * @param horizon steps of each forecast
 * @param season ticks
 * @param missingTargets targets that were never observed, over all series; they take no part in any
 *     metric
 * @param unscaledSeries series without a value in the training part, which have no z-scored errors
 * @param forecasters one for each forecaster, in the order given
 */
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
