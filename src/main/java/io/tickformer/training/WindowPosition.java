package io.tickformer.training;

import java.util.Objects;

/**
 * One window of the training or validation set: the context of a series at a tick.
 *
 * @param series index of the series in the training data
 * @param end last tick of the context
 * @param freshStart tick at which the series is assumed to start, its statistics included, or
 *     {@link #NOT_FRESH}
 * @param missing ticks removed from the context
 */
record WindowPosition(int series, long end, long freshStart, RemovedTicks missing) {
    /** Value of {@link #freshStart} if the series keeps its own start. */
    static final long NOT_FRESH = Long.MIN_VALUE;

    WindowPosition {
        Objects.requireNonNull(missing, "missing");
    }

    /** An unchanged window. */
    static WindowPosition undisturbed(int series, long end) {
        return new WindowPosition(series, end, NOT_FRESH, RemovedTicks.NONE);
    }

    boolean isFresh() {
        return freshStart != NOT_FRESH;
    }
}
