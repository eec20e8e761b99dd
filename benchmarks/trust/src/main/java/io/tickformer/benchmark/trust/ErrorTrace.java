package io.tickformer.benchmark.trust;

import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.issued.SimpleForecasts;

/** Absolute errors of medians, by target tick, over the first day of the horizon and all series. */
final class ErrorTrace implements ReplayListener {
    private static final int STEPS = 24;
    private static final double MEDIAN = 0.5;

    private final int ticks;
    private final RollingMean published;
    private final RollingMean model;
    private final RollingMean naive;
    private final RollingMean seasonalNaive;
    private double[] values = {};

    ErrorTrace(int ticks) {
        this.ticks = ticks;
        this.published = new RollingMean(ticks);
        this.model = new RollingMean(ticks);
        this.naive = new RollingMean(ticks);
        this.seasonalNaive = new RollingMean(ticks);
    }

    int ticks() {
        return ticks;
    }

    /** The values of the series that comes next. */
    void begin(double[] next) {
        values = next;
    }

    @Override
    public void issued(int channel, Forecast raw, SimpleForecasts simple, Forecast forecast) {
        int median = 0;
        while (raw.quantileLevels()[median] < MEDIAN) {
            median++;
        }
        for (int step = 0; step < Math.min(STEPS, raw.horizon()); step++) {
            int target = Math.toIntExact(raw.tickIndex() + 1 + step);
            double seasonal = simple.seasonalNaive()[step];
            if (target < ticks && Double.isFinite(seasonal)) {
                double value = values[target];
                published.add(target, Math.abs(value - forecast.quantile(step, median)));
                model.add(target, Math.abs(value - raw.quantile(step, median)));
                naive.add(target, Math.abs(value - simple.naive()));
                seasonalNaive.add(target, Math.abs(value - seasonal));
            }
        }
    }

    double[] published(int window) {
        return published.over(window);
    }

    double[] model(int window) {
        return model.over(window);
    }

    double[] naive(int window) {
        return naive.over(window);
    }

    double[] seasonalNaive(int window) {
        return seasonalNaive.over(window);
    }
}
