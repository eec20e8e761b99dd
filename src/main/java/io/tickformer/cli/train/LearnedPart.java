package io.tickformer.cli.train;

import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.event.TickRule;
import io.tickformer.history.Borders;
import io.tickformer.history.History;
import io.tickformer.history.TickSpan;

/**
 * A history and which part of it is learned from: what a model's defaults may depend on.
 *
 * @param history training and validation part, nothing of a test part
 * @param ticks how the observations become ticks
 * @param borders where the training part ends
 */
public record LearnedPart(History history, TickRule ticks, Borders borders) {

    /** All of a history but the share of it, its end, that validates. */
    static LearnedPart beforeShare(History history, TickRule ticks, double share) {
        TickSpan span = TickSpan.of(history, ticks.tickMillis());
        long validation = Math.round(share * span.ticks());
        long trainEnd = Math.max(span.first() + 1, span.end() - validation);
        return new LearnedPart(
                history, ticks, new Borders(span.first(), trainEnd, span.end(), span.end()));
    }

    /** The shortest cycle that clearly repeats in the training part, in ticks; 1 without any. */
    int season(int horizon) {
        return SeasonChoice.shortest(history, ticks, borders, horizon);
    }

    /** Length of a tick. */
    long tickMillis() {
        return ticks.tickMillis();
    }
}
