package io.tickformer.evaluation;

import io.tickformer.event.Forecast;
import io.tickformer.spec.SeasonalNaive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** Scores the forecasts of one series; see {@link TopicForecastScorer}. */
final class SeriesScorer {
    private final SeasonalNaive naive;
    private final ActualValues actuals = new ActualValues();
    private final Deque<Issued> pending = new ArrayDeque<>();
    private long newestActual = Long.MIN_VALUE;
    private long newestForecast = Long.MIN_VALUE;
    private long forgottenBefore = Long.MIN_VALUE;
    private long targets;
    private double errorSum;
    private double naiveErrorSum;

    SeriesScorer(SeasonalNaive naive) {
        this.naive = naive;
    }

    void actual(long tick, double value) {
        if (!Double.isFinite(value) || tick < forgottenBefore || !Double.isNaN(actuals.at(tick))) {
            return;
        }
        actuals.put(tick, value);
        newestActual = Math.max(newestActual, tick);
        Iterator<Issued> issued = pending.iterator();
        while (issued.hasNext()) {
            Issued forecast = issued.next();
            scoreStep(forecast, tick);
            if (forecast.isDone()) {
                issued.remove();
            }
        }
    }

    void forecast(Forecast forecast) {
        if (forecast.tickIndex() <= newestForecast) {
            return;
        }
        newestForecast = forecast.tickIndex();
        Issued issued = Issued.of(forecast);
        long end = Math.min(issued.last(), newestActual);
        for (long target = issued.tick + 1; target <= end; target++) {
            scoreStep(issued, target);
        }
        if (!issued.isDone()) {
            pending.add(issued);
        }
        forgetOverdue();
        forgetActuals();
    }

    long targets() {
        return targets;
    }

    /** Number of ticks in memory. */
    int ticksHeld() {
        return actuals.capacity();
    }

    double errorSum() {
        return errorSum;
    }

    double naiveErrorSum() {
        return naiveErrorSum;
    }

    Score score() {
        return new Score(targets, errorSum / targets, naiveErrorSum / targets);
    }

    private void scoreStep(Issued forecast, long target) {
        if (target <= forecast.tick || target > forecast.last()) {
            return;
        }
        double actual = actuals.at(target);
        if (Double.isNaN(actual)) {
            return;
        }
        forecast.open--;
        double baseline = actuals.at(naive.sourceOf(forecast.tick, target));
        if (Double.isNaN(baseline)) {
            return;
        }
        targets++;
        errorSum += Math.abs(actual - forecast.medians[(int) (target - forecast.tick - 1)]);
        naiveErrorSum += Math.abs(actual - baseline);
    }

    /** Gives up on targets that an outage has lost, one horizon later. */
    private void forgetOverdue() {
        while (!pending.isEmpty()
                && newestActual > pending.peek().last() + pending.peek().medians.length) {
            pending.remove();
        }
    }

    /** Keeps actual values back to one season before the oldest pending forecast, or before now. */
    private void forgetActuals() {
        long oldest = pending.isEmpty() ? newestForecast : pending.peek().tick;
        forgottenBefore = oldest + 1 - naive.period();
        actuals.forgetBefore(forgottenBefore);
    }

    /** The medians of a forecast by step, and the number of pending targets. */
    private static final class Issued {
        private final long tick;
        private final double[] medians;
        private int open;

        private Issued(long tick, double[] medians) {
            this.tick = tick;
            this.medians = medians;
            this.open = medians.length;
        }

        static Issued of(Forecast forecast) {
            double[] medians = new double[forecast.horizon()];
            for (int step = 0; step < medians.length; step++) {
                medians[step] = Medians.of(forecast, step);
            }
            return new Issued(forecast.tickIndex(), medians);
        }

        long last() {
            return tick + medians.length;
        }

        boolean isDone() {
            return open == 0;
        }
    }
}
