package io.tickformer.training;

import java.util.Objects;

/**
 * One window to train or validate on: the context of a series at a tick, and which of the ticks
 * after its tokens count as targets.
 *
 * @param series position of the series among the training data's
 * @param end the last tick of the context
 * @param freshStart the tick at which the series is taken to start, statistics and all, or {@link
 *     #NOT_FRESH}
 * @param missing ticks taken out of the context
 */
record ContextWindow(int series, long end, long freshStart, RemovedTicks missing) {
    /** Value of {@link #freshStart} where the series keeps its own start. */
    static final long NOT_FRESH = Long.MIN_VALUE;

    ContextWindow {
        Objects.requireNonNull(missing, "missing");
    }

    /** The window of a series as it is. */
    static ContextWindow undisturbed(int series, long end) {
        return new ContextWindow(series, end, NOT_FRESH, RemovedTicks.NONE);
    }

    boolean isFresh() {
        return freshStart != NOT_FRESH;
    }
}
