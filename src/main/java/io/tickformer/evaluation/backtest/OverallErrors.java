package io.tickformer.evaluation.backtest;

import io.tickformer.evaluation.backtest.Metrics.Interval;
import java.util.ArrayList;
import java.util.List;

/** Combines the sums of many series as {@link Metrics} defines. */
final class OverallErrors {
    private final SeriesErrors pooled;
    private final int levels;
    private double squared;
    private double absolute;
    private long standardised;
    private final Mean mase = new Mean();
    private final Mean rmsse = new Mean();
    private final Mean scaledCrps = new Mean();

    /** A mean over the series for which a number is defined. */
    private static final class Mean {
        private double sum;
        private long count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }

        double value() {
            return sum / count;
        }
    }

    OverallErrors(double[] levels) {
        this.pooled = new SeriesErrors(levels);
        this.levels = levels.length;
    }

    /** Adds all targets of one series. */
    void add(SeriesErrors series, SeriesScale scale) {
        pooled.add(series);
        if (!Double.isNaN(scale.deviation())) {
            standardised += series.targets();
            absolute += series.absolute() / scale.deviation();
            squared += series.squared() / (scale.deviation() * scale.deviation());
        }
        mase.add(series.absolute() / series.targets() / scale.absolute());
        rmsse.add(Math.sqrt(series.squared() / series.targets() / scale.squared()));
        scaledCrps.add(series.crps() / series.crpsTargets() / scale.absolute());
    }

    Metrics metrics() {
        List<Interval> intervals = new ArrayList<>();
        for (int i = 0; i < pooled.intervals(); i++) {
            intervals.add(
                    new Interval(
                            pooled.intervalLevel(i),
                            pooled.coverage(i),
                            pooled.meanWidth(i),
                            pooled.intervalScore(i)));
        }
        List<Double> shareBelow = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            shareBelow.add(pooled.shareBelow(i));
        }
        return new Metrics(
                pooled.targets(),
                squared / standardised,
                absolute / standardised,
                mase.value(),
                rmsse.value(),
                pooled.weightedQuantileLoss(),
                pooled.crps() / pooled.crpsTargets(),
                scaledCrps.value(),
                intervals,
                shareBelow);
    }
}
