package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Selects some windows of a backtest to plot: samples spread over series and time, chosen
 * independently of errors, and the windows with the largest errors of the model, without overlap.
 */
@Internal
public final class WindowGallery implements WindowListener {
    private static final int MOST_BEFORE = 400;

    private final String baseline;
    private final Cutoffs cutoffs;
    private final int series;
    private final int count;
    private final List<ForecastWindow> samples = new ArrayList<>();
    private final List<ForecastWindow> worst = new ArrayList<>();
    private Forecaster model;
    private int seriesAt;

    /** Positions of the current series; a record with channels has several. */
    private final Map<String, Integer> places = new HashMap<>();

    /**
     * An empty gallery.
     *
     * @param baseline name of the forecaster whose point forecasts are shown with the samples
     * @param series number of series
     * @param count number of windows of each kind
     */
    public WindowGallery(String baseline, Cutoffs cutoffs, int series, int count) {
        this.baseline = baseline;
        this.cutoffs = cutoffs;
        this.series = series;
        this.count = count;
    }

    @Override
    public void scored(
            Forecaster forecaster, Forecast forecast, ActualSeries actual, double deviation) {
        // The tested model comes first; its name may equal that of a baseline.
        model = model == null ? forecaster : model;
        if (forecaster != model) {
            if (forecaster.name().equals(baseline)) {
                addBaseline(forecast);
            }
            return;
        }
        double error = error(forecaster.point(), forecast, actual) / deviation;
        if (isSample(placeOf(actual), forecast.tickIndex())) {
            samples.add(window(forecast, actual, error));
        }
        if (error > 0) {
            offer(forecast, actual, error);
        }
    }

    @Override
    public void seriesDone(int done, int all) {
        seriesAt = done;
        places.clear();
    }

    /** Windows chosen by position alone. */
    public List<ForecastWindow> samples() {
        return List.copyOf(samples);
    }

    /** The windows with the largest errors, in descending order. */
    public List<ForecastWindow> worst() {
        return List.copyOf(worst);
    }

    private int placeOf(ActualSeries actual) {
        return places.computeIfAbsent(actual.series(), key -> seriesAt + places.size());
    }

    /** Samples come from different series, as far as possible, and from different times. */
    private boolean isSample(int place, long cutoff) {
        for (int i = 0; i < count; i++) {
            int ofSeries = series < count ? i % series : (int) ((long) i * series / count);
            int position = (int) ((2L * i + 1) * cutoffs.count() / (2L * count));
            if (ofSeries == place && cutoffs.at(position) == cutoff) {
                return true;
            }
        }
        return false;
    }

    private void addBaseline(Forecast forecast) {
        samples.replaceAll(
                sample ->
                        sample.forecast().series().equals(forecast.series())
                                        && sample.forecast().tickIndex() == forecast.tickIndex()
                                ? sample.withBaseline(forecast.mean())
                                : sample);
    }

    /** Adds a window to the worst ones; it replaces overlapping windows with smaller errors. */
    private void offer(Forecast forecast, ActualSeries actual, double error) {
        boolean full = worst.size() == count;
        if (full && error <= worst.get(count - 1).error()) {
            return;
        }
        for (ForecastWindow kept : worst) {
            if (kept.overlaps(forecast) && kept.error() >= error) {
                return;
            }
        }
        worst.removeIf(kept -> kept.overlaps(forecast));
        worst.add(window(forecast, actual, error));
        worst.sort(Comparator.comparingDouble(ForecastWindow::error).reversed());
        if (worst.size() > count) {
            worst.remove(count);
        }
    }

    private static double error(PointForecast point, Forecast forecast, ActualSeries actual) {
        double sum = 0;
        int observed = 0;
        for (int step = 0; step < forecast.horizon(); step++) {
            double error = actual.valueAt(forecast.tickIndex() + 1 + step);
            error -= point.of(forecast, step);
            if (!Double.isNaN(error)) {
                sum += Math.abs(error);
                observed++;
            }
        }
        return sum / observed;
    }

    private static ForecastWindow window(Forecast forecast, ActualSeries actual, double error) {
        int before = Math.min(MOST_BEFORE, Math.max(48, forecast.horizon() * 3 / 2));
        long first = forecast.tickIndex() - before;
        double[] values = new double[before + 1 + forecast.horizon()];
        for (int i = 0; i < values.length; i++) {
            values[i] = actual.valueAt(first + i);
        }
        return new ForecastWindow(forecast, null, first, values, error);
    }
}
