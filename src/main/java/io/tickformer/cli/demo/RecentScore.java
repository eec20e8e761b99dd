package io.tickformer.cli.demo;

import io.tickformer.event.ForecastScore;
import io.tickformer.event.StepScore;
import java.util.Collection;
import java.util.List;

/**
 * How good recent forecasts were, over all horizon steps that the job scores: means over the
 * targets.
 *
 * @param error absolute error of the published median; NaN without targets
 * @param seasonalNaiveError absolute error of seasonal naive for the same targets; NaN without
 *     targets that have a value one season before
 * @param coverage80 share of values within the interval of nominal 80 %; NaN without targets, or if
 *     the forecasts have no such interval
 */
record RecentScore(double error, double seasonalNaiveError, double coverage80) {
    private static final double INTERVAL = 0.8;

    /** The score of a series, or of the job. */
    static RecentScore of(ForecastScore score) {
        return of(List.of(score));
    }

    /** The mean of scores in the same unit. */
    static RecentScore of(Collection<ForecastScore> scores) {
        Mean error = new Mean();
        Mean seasonal = new Mean();
        Mean coverage = new Mean();
        for (ForecastScore score : scores) {
            int interval = interval(score.intervals());
            for (StepScore step : score.steps()) {
                if (interval >= 0) {
                    coverage.add(step.targets(), step.coverage()[interval]);
                }
                // Both errors are means over the same steps.
                if (Double.isFinite(step.seasonalNaiveError())) {
                    error.add(step.targets(), step.absoluteError());
                    seasonal.add(step.targets(), step.seasonalNaiveError());
                }
            }
        }
        return new RecentScore(error.value(), seasonal.value(), coverage.value());
    }

    /** The error divided by that of seasonal naive; NaN if that is 0 or unknown. */
    double relativeError() {
        return seasonalNaiveError > 0 ? error / seasonalNaiveError : Double.NaN;
    }

    private static int interval(double[] intervals) {
        for (int i = 0; i < intervals.length; i++) {
            if (Math.abs(intervals[i] - INTERVAL) < 1e-9) {
                return i;
            }
        }
        return -1;
    }

    /** A weighted mean of the finite numbers. */
    private static final class Mean {
        private double weights;
        private double sum;

        void add(double weight, double value) {
            if (weight > 0 && Double.isFinite(value)) {
                weights += weight;
                sum += weight * value;
            }
        }

        double value() {
            return weights > 0 ? sum / weights : Double.NaN;
        }
    }
}
