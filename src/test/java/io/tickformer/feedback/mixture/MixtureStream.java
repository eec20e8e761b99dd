package io.tickformer.feedback.mixture;

import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TestForecasts;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;

/**
 * A series with a daily cycle and noise, and a model that knows the cycle: what the mixture makes
 * of it, tick by tick.
 */
final class MixtureStream {
    static final int HORIZON = 16;
    static final int SEASON = 24;
    static final FeedbackShape SHAPE = TestForecasts.shape(HORIZON);

    private static final FeedbackSettings MIXED = new FeedbackSettings(false, true, null);
    private static final double NOISE = 1;

    /** Quantiles of the standard normal distribution, H x Q. */
    private static final double[] STANDARD = TestForecasts.normal(0, HORIZON, 0, 1).quantiles();

    private final double scale;

    /** What is added to the values, of which the model knows nothing. */
    private final LongToDoubleFunction event;

    /** What is added to the model's forecasts; NaN makes them not finite. */
    private final LongToDoubleFunction fault;

    private final Random random = new Random(7);
    private final List<Double> values = new ArrayList<>();

    SeriesFeedback feedback = SeriesFeedback.of(MIXED, SHAPE);
    Forecast raw;
    Forecast published;
    double naive = Double.NaN;

    MixtureStream(LongToDoubleFunction event, LongToDoubleFunction fault) {
        this(1, event, fault);
    }

    /**
     * @param scale of all values and forecasts
     */
    MixtureStream(double scale, LongToDoubleFunction event, LongToDoubleFunction fault) {
        this.scale = scale;
        this.event = event;
        this.fault = fault;
    }

    /** A series on which nothing happens, with a sound model. */
    static MixtureStream undisturbed() {
        return new MixtureStream(tick -> 0, tick -> 0);
    }

    static double cycle(long tick) {
        return 10 * Math.sin(2 * Math.PI * tick / SEASON);
    }

    long tick() {
        return values.size() - 1L;
    }

    /** Plays so many ticks. */
    void play(int ticks) {
        for (int i = 0; i < ticks; i++) {
            next();
        }
    }

    /** Plays until the fallback begins or ends; returns the number of ticks, at most the limit. */
    int playUntilFallback(boolean isFallback, int limit) {
        int ticks = 0;
        while (feedback.isFallback() != isFallback && ticks < limit) {
            next();
            ticks++;
        }
        return ticks;
    }

    private void next() {
        long tick = values.size();
        double noise = NOISE * random.nextGaussian();
        double value = scale * (cycle(tick) + noise + event.applyAsDouble(tick));
        values.add(value);
        naive = Double.isNaN(value) ? naive : value;
        feedback.observe(tick, value);
        raw = model(tick, fault.applyAsDouble(tick));
        published = feedback.issue(raw, simple(tick));
    }

    private Forecast model(long tick, double fault) {
        double[] quantiles = new double[STANDARD.length];
        for (int i = 0; i < quantiles.length; i++) {
            double centre = cycle(tick + 1 + i / SHAPE.levels()) + fault;
            quantiles[i] = scale * (centre + NOISE * STANDARD[i]);
        }
        Forecast forecast = TestForecasts.of(tick, quantiles, 0);
        for (int step = 0; step < HORIZON; step++) {
            forecast.mean()[step] = scale * (cycle(tick + 1 + step) + fault);
        }
        return forecast;
    }

    private SimpleForecasts simple(long tick) {
        double[] seasonal = new double[HORIZON];
        for (int step = 0; step < HORIZON; step++) {
            long source = tick + 1 + step - SEASON;
            seasonal[step] = source < 0 ? Double.NaN : values.get((int) source);
        }
        return new SimpleForecasts(naive, seasonal);
    }

    /** The published median of a step, from 1. */
    double median(int step) {
        return published.quantile(step - 1, SHAPE.levels() / 2);
    }

    /** The model's median of a step, from 1. */
    double modelMedian(int step) {
        return raw.quantile(step - 1, SHAPE.levels() / 2);
    }
}
