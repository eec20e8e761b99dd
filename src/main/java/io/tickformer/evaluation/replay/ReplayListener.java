package io.tickformer.evaluation.replay;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Forecast;
import io.tickformer.feedback.TickOutcome;
import io.tickformer.feedback.issued.SimpleForecasts;

/** Follows a replay, tick by tick and at each tick channel by channel. */
@Internal
public interface ReplayListener {
    /** A tick of a channel was compared to the forecasts that were made for it. */
    default void observed(int channel, TickOutcome outcome) {}

    /**
     * A forecast was issued at that tick.
     *
     * @param raw as the model made it
     * @param simple of the forecasters without parameters at the same tick
     * @param published as a job would publish it
     */
    default void issued(int channel, Forecast raw, SimpleForecasts simple, Forecast published) {}
}
