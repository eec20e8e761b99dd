package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;

/**
 * Scores of a forecaster on one series; NaN if undefined. See {@link Metrics}.
 *
 * @param series the series key
 * @param mse z-scored
 * @param mae z-scored
 */
@Internal
public record SeriesScore(String series, double mse, double mae, double mase, double rmsse) {}
