package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.event.ForecastQuality;
import io.tickformer.history.SplitBorders;
import io.tickformer.spec.SeasonalNaive;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Seasonal naive as a forecaster. With a season of one tick it is naive, the last value.
 *
 * <p>If the tick one season back is missing, it uses the same tick of the season before, and so on;
 * if there is none, the last observed value.
 *
 * <p>Its quantiles are the point forecast plus the empirical quantiles of its own errors at the
 * same step, at up to {@value #MOST_CUTOFFS} cutoffs spread over the training set of the same
 * series. This assumes no distribution. With fewer than {@value #FEWEST_ERRORS} errors the
 * quantiles are NaN. The scored point stays the naive forecast.
 */
@Internal
public final class SeasonalNaiveForecaster implements Forecaster {
    private static final int MOST_CUTOFFS = 200;
    private static final int FEWEST_ERRORS = 20;

    private final String name;
    private final SeasonalNaive naive;
    private final SplitBorders borders;
    private final long tickMillis;
    private final double[] levels;

    /**
     * @param borders give the training set
     * @param levels quantile levels of its forecasts
     */
    public SeasonalNaiveForecaster(
            String name,
            SeasonalNaive naive,
            SplitBorders borders,
            long tickMillis,
            List<Double> levels) {
        this.name = name;
        this.naive = naive;
        this.borders = borders;
        this.tickMillis = tickMillis;
        this.levels = levels.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public PointForecast point() {
        return PointForecast.MEAN;
    }

    @Override
    public void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        int horizon = cutoffs.horizon();
        double[] spread = spread(series, horizon);
        long lastObserved = Long.MIN_VALUE;
        long seen = series.firstTick();
        for (int i = 0; i < cutoffs.count(); i++) {
            long cutoff = cutoffs.at(i);
            for (; seen <= cutoff && seen < series.endTick(); seen++) {
                lastObserved = Double.isNaN(series.valueAt(seen)) ? lastObserved : seen;
            }
            if (lastObserved != Long.MIN_VALUE) {
                forecasts.accept(forecast(series, cutoff, lastObserved, spread, horizon));
            }
        }
    }

    private Forecast forecast(
            ActualSeries series, long cutoff, long lastObserved, double[] spread, int horizon) {
        double[] points = new double[horizon];
        double[] quantiles = new double[horizon * levels.length];
        for (int step = 0; step < horizon; step++) {
            double value = valueOf(series, naive, cutoff, cutoff + 1 + step, lastObserved);
            points[step] = value;
            for (int i = step * levels.length; i < (step + 1) * levels.length; i++) {
                quantiles[i] = value + spread[i];
            }
        }
        return new Forecast(
                series.series(),
                cutoff,
                cutoff * tickMillis,
                tickMillis,
                levels,
                quantiles,
                points,
                name,
                "",
                0,
                ForecastQuality.OK);
    }

    /** The point forecast of a target, given an observation up to the cutoff. */
    static double valueOf(
            ActualSeries series, SeasonalNaive naive, long cutoff, long target, long lastObserved) {
        long source = naive.sourceOf(cutoff, target);
        while (source >= series.firstTick()) {
            double value = series.valueAt(source);
            if (!Double.isNaN(value)) {
                return value;
            }
            source -= naive.period();
        }
        return series.valueAt(lastObserved);
    }

    /** {@code [H, Q]}: the quantiles of the errors in the training set. */
    private double[] spread(ActualSeries series, int horizon) {
        double[] spread = new double[horizon * levels.length];
        Arrays.fill(spread, Double.NaN);
        long first = Math.max(series.firstTick(), borders.first()) + naive.period();
        long last = Math.min(series.endTick(), borders.trainEnd()) - 1 - horizon;
        if (levels.length == 0 || last < first) {
            return spread;
        }
        Cutoffs cutoffs =
                new Cutoffs(first, last, (int) Math.min(last - first + 1, MOST_CUTOFFS), horizon);
        double[][] errors = new double[horizon][cutoffs.count()];
        int[] sizes = new int[horizon];
        for (int i = 0; i < cutoffs.count(); i++) {
            long cutoff = cutoffs.at(i);
            long observed = lastObserved(series, cutoff);
            for (int step = 0; step < horizon && observed >= series.firstTick(); step++) {
                long target = cutoff + 1 + step;
                double error =
                        series.valueAt(target) - valueOf(series, naive, cutoff, target, observed);
                if (!Double.isNaN(error)) {
                    errors[step][sizes[step]++] = error;
                }
            }
        }
        for (int step = 0; step < horizon; step++) {
            if (sizes[step] >= FEWEST_ERRORS) {
                Arrays.sort(errors[step], 0, sizes[step]);
                for (int i = 0; i < levels.length; i++) {
                    spread[step * levels.length + i] =
                            quantile(errors[step], sizes[step], levels[i]);
                }
            }
        }
        return spread;
    }

    /** The last observed tick up to a cutoff; before the first tick if there is none. */
    static long lastObserved(ActualSeries series, long cutoff) {
        long tick = cutoff;
        while (tick >= series.firstTick() && Double.isNaN(series.valueAt(tick))) {
            tick--;
        }
        return tick;
    }

    /** Linear interpolation between neighbouring ranks (Hyndman and Fan 1996, definition 7). */
    static double quantile(double[] sorted, int size, double level) {
        double rank = level * (size - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(lower + 1, size - 1);
        return sorted[lower] + (rank - lower) * (sorted[upper] - sorted[lower]);
    }

    @Override
    public void close() {
        // Nothing to close.
    }
}
