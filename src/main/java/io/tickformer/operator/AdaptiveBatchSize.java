package io.tickformer.operator;

/**
 * How many ticks a micro-batch waits for: the busier the stream, the more.
 *
 * <p>A larger micro-batch makes a forecast cheaper and later. Where ticks come one by one, waiting
 * gains nothing: the target falls to what came within a linger, down to one, which is computed at
 * once. Where they come fast enough that twice the target would come within a linger, the target
 * doubles, up to the largest. So a burst, as when a tick ends for all series at once, is computed
 * in large micro-batches from its first few on, and a quiet stream is never kept waiting.
 *
 * <p>Times are of a clock that only moves on; it has no influence on what is forecast.
 */
final class AdaptiveBatchSize {
    private final int largest;
    private final long lingerNanos;
    private int target;
    private long flushedAt;

    /**
     * @param largest a micro-batch at most
     * @param lingerNanos how long a tick waits at most
     * @param nanos the time now
     */
    AdaptiveBatchSize(int largest, long lingerNanos, long nanos) {
        this.largest = largest;
        this.lingerNanos = lingerNanos;
        this.target = largest;
        this.flushedAt = nanos;
    }

    /** Ticks that are computed as soon as so many wait. */
    int ticks() {
        return target;
    }

    /** As many as the target came and are computed now. */
    void filled(long nanos) {
        if (2 * (nanos - flushedAt) <= lingerNanos) {
            target = Math.min(2 * target, largest);
        }
        flushedAt = nanos;
    }

    /** A tick waited for the whole linger, and so many had come by then. */
    void lingered(int ticks, long nanos) {
        target = Math.max(1, Math.min(ticks, target));
        flushedAt = nanos;
    }

    /** What waited is computed for another reason. */
    void flushed(long nanos) {
        flushedAt = nanos;
    }
}
