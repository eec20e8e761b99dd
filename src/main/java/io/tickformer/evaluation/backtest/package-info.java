/**
 * Backtests: issues forecasts of an exported model and of baselines at cutoffs of a history that
 * the model was not trained on, and scores them. {@link io.tickformer.evaluation.backtest.Metrics}
 * defines the metrics and their aggregation over windows, steps and series.
 */
package io.tickformer.evaluation.backtest;
