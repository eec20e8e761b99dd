package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * Scores of a forecaster on one series; NaN if undefined. See {@link Metrics}.
 *
 * @param series the series key
 * @param mse z-scored
 * @param mae z-scored
 * @param intervals the central intervals, narrowest first; none without forecasts
 */
@Internal
public record SeriesScore(
        String series,
        double mse,
        double mae,
        double mase,
        double rmsse,
        List<Metrics.Interval> intervals) {
    public SeriesScore {
        intervals = List.copyOf(intervals);
    }
}
