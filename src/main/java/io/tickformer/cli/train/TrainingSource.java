package io.tickformer.cli.train;

import io.tickformer.annotation.Internal;
import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.SplitBorders;
import io.tickformer.history.TickSpan;

/**
 * A history and the part of it to train on. Defaults of the model may depend on it.
 *
 * @param history training and validation set, without the test set
 * @param ticks how observations become ticks
 * @param borders where the training set ends
 */
@Internal
public record TrainingSource(History history, TickDefinition ticks, SplitBorders borders) {

    /** Splits a history: the given share of it, at its end, is the validation set. */
    static TrainingSource beforeShare(History history, TickDefinition ticks, double share) {
        TickSpan span = TickSpan.of(history, ticks.tickMillis());
        long validation = Math.round(share * span.ticks());
        long trainEnd = Math.max(span.first() + 1, span.end() - validation);
        return new TrainingSource(
                history, ticks, new SplitBorders(span.first(), trainEnd, span.end(), span.end()));
    }

    /** The shortest clear cycle of the training set in ticks; 1 if there is none. */
    int season(int horizon) {
        return SeasonChoice.shortest(history, ticks, borders, horizon);
    }

    /** Length of a tick. */
    long tickMillis() {
        return ticks.tickMillis();
    }
}
