package io.tickformer.history;

import io.tickformer.annotation.Internal;
import io.tickformer.event.Tick;

/**
 * The ticks from the first to the last event time of a history, over all series.
 *
 * @param first the first tick
 * @param end the tick after the last
 */
@Internal
public record TickSpan(long first, long end) {
    /** The span on a grid of ticks of {@code tickMillis}. */
    public static TickSpan of(History history, long tickMillis) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (SeriesSummary series : history.summaries()) {
            first = Math.min(first, series.firstMillis());
            last = Math.max(last, series.lastMillis());
        }
        return new TickSpan(Tick.indexOf(first, tickMillis), Tick.indexOf(last, tickMillis) + 1);
    }

    /** Number of ticks. */
    public long ticks() {
        return end - first;
    }
}
