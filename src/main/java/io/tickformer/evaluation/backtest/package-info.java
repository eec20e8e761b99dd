/**
 * Backtests: forecasts of an exported model issued at cutoffs of a history that it was not trained
 * on, beside baselines, and what came of them. The metrics and how they are put together over
 * windows, steps and series are defined in {@link io.tickformer.evaluation.backtest.Metrics}.
 */
package io.tickformer.evaluation.backtest;
