package io.tickformer.evaluation.backtest;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.history.SplitBorders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A model's forecasts with calibrated quantiles, as the job would publish them. Every tick of the
 * part before the evaluated set, and of that set up to the last cutoff, goes through {@link
 * SeriesFeedback} in order, so each forecast is calibrated by what was known at its tick.
 */
@Internal
public final class CalibratedForecaster implements Forecaster {
    /** The name of the same forecasts before calibration. */
    public static final String UNCALIBRATED = "uncalibrated";

    private static final FeedbackSettings SETTINGS = new FeedbackSettings(true, false, null);

    private final Forecaster model;
    private final long first;
    private final int season;
    private final Map<String, SeriesFeedback> feedback = new HashMap<>();
    private final List<Forecast> raw = new ArrayList<>();

    /**
     * @param model makes the forecasts; it is closed with this forecaster
     * @param season ticks in a season
     */
    public CalibratedForecaster(
            Forecaster model, SplitBorders borders, EvaluatedSet part, int season) {
        this.model = model;
        this.first =
                part == EvaluatedSet.TEST
                        ? Math.max(borders.first(), borders.trainEnd() - 1)
                        : borders.first();
        this.season = season;
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public PointForecast point() {
        return model.point();
    }

    /**
     * The same forecasts before calibration. Gives those of the record that this forecaster
     * forecast last, so it has to come after it.
     */
    public Forecaster uncalibrated() {
        return new Uncalibrated();
    }

    @Override
    public void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        forecast(new ActualEntity(series.series(), List.of(series)), cutoffs, forecasts);
    }

    @Override
    public void forecast(ActualEntity record, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
        feedback.clear();
        raw.clear();
        long start = Math.min(first, cutoffs.first());
        int count = Math.toIntExact(cutoffs.last() - start + 1);
        Set<Long> wanted = new HashSet<>();
        for (int i = 0; i < cutoffs.count(); i++) {
            wanted.add(cutoffs.at(i));
        }
        model.forecast(
                record,
                new Cutoffs(start, cutoffs.last(), count, cutoffs.horizon()),
                forecast -> {
                    Forecast calibrated = issue(forecast, record.of(forecast.series()));
                    if (wanted.contains(forecast.tickIndex())) {
                        raw.add(forecast);
                        forecasts.accept(calibrated);
                    }
                });
    }

    /** Observes all ticks up to that of a forecast, and calibrates the forecast. */
    private Forecast issue(Forecast forecast, ActualSeries actual) {
        SeriesFeedback of =
                feedback.computeIfAbsent(
                        forecast.series(),
                        series ->
                                SeriesFeedback.of(
                                        SETTINGS,
                                        new FeedbackShape(
                                                forecast.horizon(),
                                                forecast.quantileLevels(),
                                                season,
                                                forecast.tickMillis())));
        long tick = forecast.tickIndex();
        long from = of.newestTick() == Long.MIN_VALUE ? tick : of.newestTick() + 1;
        for (long each = from; each <= tick; each++) {
            of.observe(each, actual.valueAt(each));
        }
        return of.issue(
                forecast, SimpleForecasts.ofNaive(actual.valueAt(tick), forecast.horizon()));
    }

    @Override
    public void close() {
        model.close();
    }

    /** Hands out the forecasts that were calibrated last. */
    private final class Uncalibrated implements Forecaster {
        @Override
        public String name() {
            return UNCALIBRATED;
        }

        @Override
        public PointForecast point() {
            return model.point();
        }

        @Override
        public void forecast(ActualSeries series, Cutoffs cutoffs, Consumer<Forecast> forecasts) {
            for (Forecast each : raw) {
                if (each.series().equals(series.series())) {
                    forecasts.accept(each);
                }
            }
        }

        @Override
        public void close() {
            // The model is closed by the calibrated forecaster.
        }
    }
}
