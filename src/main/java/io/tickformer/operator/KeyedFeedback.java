package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.FeedbackPlan;
import io.tickformer.feedback.SeriesFeedback;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.SimpleForecasts;
import io.tickformer.spec.Channels;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.SeasonalNaive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The feedback of all series in keyed state: between the model and the output, each tick that comes
 * due is compared to the forecasts that were made for it, and the next forecast follows from that.
 *
 * <p><b>Order.</b> The feedback of a series takes its ticks in order, and the forecast of each tick
 * before the next tick. But contexts take ticks at once, and forecasts leave the micro-batch later;
 * a series may wait in it with several ticks. So a tick is observed when its forecast leaves the
 * micro-batch, with what the context knew when the tick was appended ({@link #waiting}). A late
 * reading must not overtake a tick that waits: the operator flushes first. So the forecasts do not
 * depend on how ticks are gathered into micro-batches.
 *
 * <p><b>Ticks without a forecast.</b> Ticks before the first one to be forecast are not observed:
 * no forecast was made for them. Missing ticks between two forecasts are observed as missing.
 *
 * <p><b>Current key.</b> A flush comes in the midst of another series' tick, or with no series at
 * all. {@link #issue} sets Flink's current key, and {@link #flushed} sets it back.
 *
 * <p><b>Failure.</b> The state is that of the last checkpoint, before which the micro-batch was
 * flushed. The same ticks come again and give the same forecasts.
 */
final class KeyedFeedback {
    /** Name of the state. */
    static final String STATE = "feedback";

    private final AbstractStreamOperator<?> operator;
    private final FeedbackShape shape;
    private final Channels names;
    private final SeasonalNaive naive;
    private final int channels;
    private final FeedbackPlan plan;
    private final QuantileSelection emitted;
    private final Consumer<Forecast> output;
    private final FeedbackRecords reports;
    private final ValueState<FeedbackState> states;

    private Object keyBefore;
    private boolean isAway;

    /**
     * @param output takes the forecasts to emit
     * @param reports takes what the feedback finds
     */
    KeyedFeedback(
            AbstractStreamOperator<?> operator,
            ForecastSpec spec,
            ForecastOperatorSettings settings,
            Consumer<Forecast> output,
            FeedbackRecords reports) {
        this.operator = operator;
        this.naive = SeasonalNaive.of(spec);
        this.shape = shape(spec, settings);
        this.plan = FeedbackPlan.of(settings.feedback().parts(), shape);
        this.names = Channels.of(spec);
        this.channels = spec.channelCount();
        this.emitted =
                new QuantileSelection(
                        shape.quantileLevels(), settings.engine().emitted().levelsOf(spec));
        this.output = output;
        this.reports = reports;
        this.states =
                operator.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE, FeedbackStateSerializer.INSTANCE));
    }

    /** The sizes of the forecasts that the feedback sees: all levels of the model. */
    static FeedbackShape shape(ForecastSpec spec, ForecastOperatorSettings settings) {
        return new FeedbackShape(
                settings.engine().emitted().stepsOf(spec),
                spec.quantileLevels().stream().mapToDouble(Double::doubleValue).toArray(),
                SeasonalNaive.of(spec).period(),
                spec.tickMillis());
    }

    /** The newest tick of a context, which is about to wait for its forecast. */
    PendingForecast waiting(String key, SeriesContext context) {
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

    /**
     * Observes a tick and issues its forecasts.
     *
     * @param raw for each channel what the model said; null where there is no forecast
     */
    void issue(PendingForecast tick, Forecast[] raw) {
        goTo(tick.key());
        try {
            FeedbackState state = state();
            for (int channel = 0; channel < channels; channel++) {
                SeriesFeedback feedback = state.channel(channel, plan);
                observe(feedback, tick, channel);
                if (raw[channel] != null) {
                    SimpleForecasts simple = tick.simple().get(channel);
                    output.accept(emitted.of(feedback.issue(raw[channel], simple)));
                }
            }
            states.update(state);
        } catch (IOException e) {
            throw new UncheckedIOException("the feedback of a series cannot be accessed", e);
        }
    }

    /** Observes a tick, and before it the missing ticks since the last one that was observed. */
    private void observe(SeriesFeedback feedback, PendingForecast waited, int channel) {
        feedback.skipTo(waited.tick());
        String series = names.seriesOf(waited.key(), channel);
        boolean wasFallback = feedback.isFallback();
        TickOutcome outcome = feedback.observe(waited.tick(), waited.values().get(channel));
        reports.observed(series, outcome, feedback, wasFallback);
    }

    /** All ticks that waited are issued: the key is again what it was before. */
    void flushed() {
        if (isAway) {
            isAway = false;
            if (keyBefore != null) {
                operator.setCurrentKey(keyBefore);
            }
        }
    }

    private void goTo(String key) {
        if (!isAway) {
            isAway = true;
            keyBefore = operator.getCurrentKey();
        }
        operator.setCurrentKey(key);
    }

    /**
     * A late reading has changed a tick of the current series, of which no tick waits. With values
     * that fill empty ticks, the ticks after it may have changed too.
     *
     * @param key of the current series
     */
    void revise(String key, long tick, SeriesContext context) {
        try {
            FeedbackState state = states.value();
            if (state == null || state.channels() != channels) {
                return;
            }
            for (int channel = 0; channel < channels; channel++) {
                SeriesFeedback feedback = state.channel(channel, plan);
                long changed = tick;
                do {
                    reports.revised(
                            names.seriesOf(key, channel),
                            feedback.revise(changed, context.valueAt(changed, channel)));
                    changed++;
                } while (changed <= context.headTick()
                        && context.emptyTick().hasValue()
                        && !context.isReading(changed, channel));
            }
            states.update(state);
        } catch (IOException e) {
            throw new UncheckedIOException("the feedback of a series cannot be accessed", e);
        }
    }

    /** Deletes the feedback of the current series. */
    void clear() {
        states.clear();
    }

    private FeedbackState state() throws IOException {
        FeedbackState state = states.value();
        return state == null || state.channels() != channels ? FeedbackState.of(channels) : state;
    }
}
