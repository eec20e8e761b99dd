package io.tickformer.operator;

/**
 * The number of contexts at which a micro-batch runs. It grows with the rate of the stream.
 *
 * <p>A larger micro-batch makes a forecast cheaper and later. If a context has waited for the
 * linger, the size falls to the number that arrived in that time, down to one. If contexts arrive
 * fast enough that twice the size would arrive within a linger, the size doubles, up to the
 * largest. So a burst, such as the end of a tick for all series at once, soon runs in large
 * micro-batches, and in a slow stream no context waits.
 *
 * <p>Times are those of a monotonic clock. They do not influence the values of forecasts.
 */
final class AdaptiveBatchSize {
    private final int largest;
    private final long lingerNanos;
    private int target;
    private long flushedAt;

    /**
     * @param largest upper limit of the size
     * @param lingerNanos the longest time a context waits
     * @param nanos the current time
     */
    AdaptiveBatchSize(int largest, long lingerNanos, long nanos) {
        this.largest = largest;
        this.lingerNanos = lingerNanos;
        this.target = largest;
        this.flushedAt = nanos;
    }

    /** The number of waiting contexts at which the micro-batch runs. */
    int ticks() {
        return target;
    }

    /** The micro-batch reached its size and runs. */
    void filled(long nanos) {
        if (2 * (nanos - flushedAt) <= lingerNanos) {
            target = Math.min(2 * target, largest);
        }
        flushedAt = nanos;
    }

    /** A context waited for the linger; the given number waits by now. */
    void lingered(int ticks, long nanos) {
        target = Math.max(1, Math.min(ticks, target));
        flushedAt = nanos;
    }

    /** The micro-batch runs for another reason. */
    void flushed(long nanos) {
        flushedAt = nanos;
    }
}
