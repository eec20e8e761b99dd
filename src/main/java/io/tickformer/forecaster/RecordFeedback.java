package io.tickformer.forecaster;

import io.tickformer.annotation.Internal;
import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.FeedbackSettings;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The feedback of series, or of records with channels, between the model and the output: each tick
 * that comes due is compared to the forecasts that were made for it, and the next forecast follows
 * from that. Holds what the series of one thread have in common; the state of each is given to it.
 *
 * <p><b>Order.</b> The feedback of a series takes its ticks in order, and the forecast of each tick
 * before the next tick. A forecast may be computed after its context has gone on; so {@link
 * #waiting} keeps what the context knew when the tick was appended.
 *
 * <p><b>Ticks without a forecast.</b> Ticks before the first one to be forecast are not observed:
 * no forecast was made for them. Missing ticks between two forecasts are observed as missing.
 */
@Internal
public final class RecordFeedback {
    private final FeedbackShape shape;
    private final Channels names;
    private final SeasonalNaive naive;
    private final int channels;
    private final FeedbackPlan plan;
    private final QuantileSelection emitted;
    private final FeedbackListener listener;

    /**
     * @param settings the parts that act on forecasts
     * @param emitted the steps and levels to emit; the model must answer all of its levels
     * @param listener takes what is found
     */
    public RecordFeedback(
            ForecastSpec spec,
            FeedbackSettings settings,
            ForecastSelection emitted,
            FeedbackListener listener) {
        this.naive = SeasonalNaive.of(spec);
        this.shape = shape(spec, emitted);
        this.plan = FeedbackPlan.of(settings, shape);
        this.names = Channels.of(spec);
        this.channels = spec.channelCount();
        this.emitted = new QuantileSelection(shape.quantileLevels(), emitted.levelsOf(spec));
        this.listener = listener;
    }

    /** The sizes of the forecasts that the feedback sees: all levels of the model. */
    public static FeedbackShape shape(ForecastSpec spec, ForecastSelection emitted) {
        return new FeedbackShape(
                emitted.stepsOf(spec),
                spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray(),
                SeasonalNaive.of(spec).period(),
                spec.tickMillis());
    }

    /** The newest tick of a context, which is about to wait for its forecast. */
    public PendingForecast waiting(String key, SeriesContext context) {
        List<Double> values = new ArrayList<>(channels);
        List<SimpleForecasts> simple = new ArrayList<>(channels);
        long tick = context.headTick();
        for (int channel = 0; channel < channels; channel++) {
            values.add(context.valueAt(tick, channel));
            double[] seasonal = new double[shape.horizon()];
            context.copySeasonalNaive(channel, naive, seasonal);
            simple.add(new SimpleForecasts(context.lastObserved(channel), seasonal));
        }
        return new PendingForecast(key, tick, values, simple);
    }

    /** The given state, or that of a series without forecasts if there is none that fits. */
    public FeedbackState orNew(FeedbackState state) {
        return fits(state) ? state : FeedbackState.of(channels);
    }

    private boolean fits(FeedbackState state) {
        return state != null && state.channels() == channels;
    }

    /**
     * Observes a tick and issues its forecasts.
     *
     * @param state of the series; changed
     * @param raw for each channel what the model said; null where there is no forecast
     * @param out takes the forecasts to emit
     */
    public void issue(
            FeedbackState state, PendingForecast tick, Forecast[] raw, Consumer<Forecast> out) {
        for (int channel = 0; channel < channels; channel++) {
            SeriesFeedback feedback = channel(state, channel);
            observe(feedback, tick, channel);
            if (raw[channel] != null) {
                SimpleForecasts simple = tick.simple().get(channel);
                out.accept(emitted.of(feedback.issue(raw[channel], simple)));
            }
        }
    }

    private SeriesFeedback channel(FeedbackState state, int channel) {
        try {
            return state.channel(channel, plan);
        } catch (IOException e) {
            throw new UncheckedIOException("the feedback of a series cannot be read", e);
        }
    }

    /** Observes a tick, and before it the missing ticks since the last one that was observed. */
    private void observe(SeriesFeedback feedback, PendingForecast waited, int channel) {
        feedback.skipTo(waited.tick());
        String series = names.seriesOf(waited.key(), channel);
        boolean wasFallback = feedback.isFallback();
        TickOutcome outcome = feedback.observe(waited.tick(), waited.values().get(channel));
        listener.observed(series, outcome, feedback, wasFallback);
    }

    /**
     * A late reading has changed a tick of a series, of which no tick waits. With values that fill
     * empty ticks, the ticks after it may have changed too.
     *
     * @param state of the series; changed
     * @return whether there was anything to change
     */
    public boolean revise(FeedbackState state, String key, long tick, SeriesContext context) {
        if (!fits(state)) {
            return false;
        }
        for (int channel = 0; channel < channels; channel++) {
            SeriesFeedback feedback = channel(state, channel);
            long changed = tick;
            do {
                listener.revised(
                        names.seriesOf(key, channel),
                        feedback.revise(changed, context.valueAt(changed, channel)));
                changed++;
            } while (changed <= context.headTick()
                    && context.emptyTick().hasValue()
                    && !context.isReading(changed, channel));
        }
        return true;
    }
}
