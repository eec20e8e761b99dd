package io.tickformer.lab.bench;

import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * Latencies from the event that completes a tick to each forecast of the tick. One thread reports
 * events, another reports forecasts.
 *
 * <p>The latency counts from when an event was due and not from when it was sent. Otherwise a
 * sender that is held up would omit exactly the slow times (coordinated omission).
 */
final class Latencies {
    private static final int DIGITS = 3;
    private static final long NANOS_A_MICRO = 1_000;
    private static final double MICROS_A_MILLI = 1e3;

    private final int series;
    private final long first;
    private final AtomicLongArray completed;
    private final int[] arrived;
    private final Histogram micros = new Histogram(DIGITS);

    /**
     * @param series forecasts per tick
     * @param first the first tick
     * @param ticks maximum number of ticks
     */
    Latencies(int series, long first, int ticks) {
        this.series = series;
        this.first = first;
        this.completed = new AtomicLongArray(ticks);
        this.arrived = new int[ticks];
    }

    /**
     * Records that a measured tick is complete.
     *
     * @param tick within the range of the constructor
     * @param nanos when the completing event was due, as {@link System#nanoTime}
     */
    void completed(long tick, long nanos) {
        // Zero means that the tick is not measured.
        completed.set((int) (tick - first), nanos == 0 ? 1 : nanos);
    }

    /** Records that a forecast has arrived; ignores ticks that are not measured. */
    void arrived(long tick, long nanos) {
        long position = tick - first;
        long since = position < 0 || position >= arrived.length ? 0 : completed.get((int) position);
        if (since != 0) {
            arrived[(int) position]++;
            micros.recordValue(Math.max(0, nanos - since) / NANOS_A_MICRO);
        }
    }

    /** Whether every completed tick has all its forecasts. */
    boolean allArrived() {
        for (int tick = 0; tick < arrived.length; tick++) {
            if (completed.get(tick) != 0 && arrived[tick] < series) {
                return false;
            }
        }
        return true;
    }

    /** Counts missing forecasts as if they arrived now, which is a lower bound of their latency. */
    void giveUp(long nanos) {
        for (int tick = 0; tick < arrived.length; tick++) {
            long since = completed.get(tick);
            if (since != 0 && arrived[tick] < series) {
                micros.recordValueWithCount(
                        Math.max(0, nanos - since) / NANOS_A_MICRO, series - arrived[tick]);
                arrived[tick] = series;
            }
        }
    }

    /** The latency quantile for a share of the forecasts; NaN without forecasts. */
    double millis(double share) {
        return micros.getTotalCount() == 0
                ? Double.NaN
                : micros.getValueAtPercentile(100 * share) / MICROS_A_MILLI;
    }
}
