package io.tickformer.benchmark.trust;

import io.tickformer.evaluation.replay.ReplayListener;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.Map;
import java.util.TreeMap;

/** The share of values within central intervals, by target tick, over all steps and series. */
final class CoverageTrace implements ReplayListener {
    private static final double ROUNDING = 1e-6;

    private final int ticks;
    private final Map<Double, RollingMean> published = new TreeMap<>();
    private final Map<Double, RollingMean> raw = new TreeMap<>();
    private double[] values = {};

    CoverageTrace(int ticks) {
        this.ticks = ticks;
    }

    int ticks() {
        return ticks;
    }

    /** The values of the series that comes next. */
    void begin(double[] next) {
        values = next;
    }

    @Override
    public void issued(int channel, Forecast model, SimpleForecasts simple, Forecast forecast) {
        for (double interval : new double[] {0.8, 0.95}) {
            count(raw, model, interval);
            count(published, forecast, interval);
        }
    }

    private void count(Map<Double, RollingMean> into, Forecast forecast, double interval) {
        RollingMean share = into.computeIfAbsent(interval, each -> new RollingMean(ticks));
        int lower = position(forecast, (1 - interval) / 2);
        int upper = position(forecast, (1 + interval) / 2);
        for (int step = 0; step < forecast.horizon(); step++) {
            int target = Math.toIntExact(forecast.tickIndex() + 1 + step);
            if (target < ticks) {
                double value = values[target];
                boolean isWithin =
                        value >= forecast.quantile(step, lower)
                                && value <= forecast.quantile(step, upper);
                share.add(target, isWithin ? 100 : 0);
            }
        }
    }

    private static int position(Forecast forecast, double level) {
        double[] levels = forecast.quantileLevels();
        for (int i = 0; i < levels.length; i++) {
            if (Math.abs(levels[i] - level) < ROUNDING) {
                return i;
            }
        }
        throw new IllegalArgumentException("the model has no quantile of level " + level);
    }

    double[] published(double interval, int window) {
        return published.get(interval).over(window);
    }

    double[] raw(double interval, int window) {
        return raw.get(interval).over(window);
    }
}
