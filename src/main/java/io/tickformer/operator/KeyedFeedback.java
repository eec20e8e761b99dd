package io.tickformer.operator;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.forecaster.FeedbackListener;
import io.tickformer.forecaster.FeedbackState;
import io.tickformer.forecaster.PendingForecast;
import io.tickformer.forecaster.RecordFeedback;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;

/**
 * The feedback of all series in keyed state. {@link RecordFeedback} says what happens to that of a
 * series; this class says when, and to which.
 *
 * <p><b>Order.</b> Contexts take ticks at once, and forecasts leave the micro-batch later; a series
 * may wait in it with several ticks. So a tick is observed when its forecast leaves the
 * micro-batch, with what the context knew when the tick was appended ({@link #waiting}). A late
 * reading must not overtake a tick that waits: the operator flushes first. So the forecasts do not
 * depend on how ticks are gathered into micro-batches.
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
    private final RecordFeedback feedback;
    private final Consumer<Forecast> output;
    private final ValueState<FeedbackState> states;

    private Object keyBefore;
    private boolean isAway;

    /**
     * @param output takes the forecasts to emit
     * @param listener takes what the feedback finds
     */
    KeyedFeedback(
            AbstractStreamOperator<?> operator,
            ForecastSpec spec,
            ForecastOperatorSettings settings,
            Consumer<Forecast> output,
            FeedbackListener listener) {
        this.operator = operator;
        this.feedback =
                new RecordFeedback(
                        spec, settings.feedback().parts(), settings.engine().emitted(), listener);
        this.output = output;
        this.states =
                operator.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        STATE, FeedbackStateSerializer.INSTANCE));
    }

    /** The newest tick of a context, which is about to wait for its forecast. */
    PendingForecast waiting(String key, SeriesContext context) {
        return feedback.waiting(key, context);
    }

    /**
     * Observes a tick and issues its forecasts.
     *
     * @param raw for each channel what the model said; null where there is no forecast
     */
    void issue(PendingForecast tick, Forecast[] raw) {
        goTo(tick.key());
        try {
            FeedbackState state = feedback.orNew(states.value());
            feedback.issue(state, tick, raw, output);
            states.update(state);
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    private static UncheckedIOException inaccessible(IOException cause) {
        return new UncheckedIOException("the feedback of a series cannot be accessed", cause);
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
     * A late reading has changed a tick of the current series, of which no tick waits.
     *
     * @param key of the current series
     */
    void revise(String key, long tick, SeriesContext context) {
        try {
            FeedbackState state = states.value();
            if (feedback.revise(state, key, tick, context)) {
                states.update(state);
            }
        } catch (IOException e) {
            throw inaccessible(e);
        }
    }

    /** Deletes the feedback of the current series. */
    void clear() {
        states.clear();
    }
}
