package io.tickformer.cli.train;

import io.tickformer.evaluation.backtest.SeasonChoice;
import io.tickformer.event.TickAggregate;
import io.tickformer.history.Borders;
import io.tickformer.history.History;
import io.tickformer.history.TickSpan;

/**
 * A history and which part of it is learned from: what a model's defaults may depend on.
 *
 * @param history training and validation part, nothing of a test part
 * @param tickMillis length of a tick
 * @param aggregate how the observations of a tick become its value
 * @param borders where the training part ends
 */
public record LearnedPart(
        History history, long tickMillis, TickAggregate aggregate, Borders borders) {

    /** All of a history but the share of it, its end, that validates. */
    static LearnedPart beforeShare(
            History history, long tickMillis, TickAggregate aggregate, double share) {
        TickSpan span = TickSpan.of(history, tickMillis);
        long validation = Math.round(share * span.ticks());
        long trainEnd = Math.max(span.first() + 1, span.end() - validation);
        return new LearnedPart(
                history,
                tickMillis,
                aggregate,
                new Borders(span.first(), trainEnd, span.end(), span.end()));
    }

    /** The shortest cycle that clearly repeats in the training part, in ticks; 1 without any. */
    int season(int horizon) {
        return SeasonChoice.shortest(history, tickMillis, aggregate, borders, horizon);
    }
}
