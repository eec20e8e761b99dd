package io.tickformer.evaluation.backtest;

/**
 * A forecaster on one series; NaN where a number is not defined. See {@link Metrics}.
 *
 * @param series the series key
 * @param mse z-scored
 * @param mae z-scored
 */
public record SeriesScore(String series, double mse, double mae, double mase, double rmsse) {}
