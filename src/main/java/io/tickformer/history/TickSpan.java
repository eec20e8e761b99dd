package io.tickformer.history;

import io.tickformer.event.Tick;

/**
 * The ticks from the first event time of a history to its last, over all series.
 *
 * @param first the first tick
 * @param end the tick after the last
 */
public record TickSpan(long first, long end) {
    /**
     * The span on a grid of steps of {@code tickMillis}.
     *
     * @throws HistoryException if there is no event time
     */
    public static TickSpan of(History history, long tickMillis) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (SeriesHistory series : history.series()) {
            long[] times = series.eventTimeMillis();
            if (times.length > 0) {
                first = Math.min(first, times[0]);
                last = Math.max(last, times[times.length - 1]);
            }
        }
        if (first > last) {
            throw new HistoryException(history.source() + ": no row; expected at least one");
        }
        return new TickSpan(Tick.indexOf(first, tickMillis), Tick.indexOf(last, tickMillis) + 1);
    }

    /** Number of ticks. */
    public long ticks() {
        return end - first;
    }
}
