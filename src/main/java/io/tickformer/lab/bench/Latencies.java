package io.tickformer.lab.bench;

import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;

/**
 * From the event that completes a tick to each of the tick's forecasts. One thread tells of events,
 * another of forecasts.
 *
 * <p>An event counts from when it was due, not from when it could be sent: whoever sends at a fixed
 * rate and is held up would else leave out just the times that were slow.
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
     * @param series forecasts of a tick
     * @param first the first tick
     * @param ticks ticks at most
     */
    Latencies(int series, long first, int ticks) {
        this.series = series;
        this.first = first;
        this.completed = new AtomicLongArray(ticks);
        this.arrived = new int[ticks];
    }

    /**
     * A tick that is to be measured is complete.
     *
     * @param tick one of those this was made for
     * @param nanos when the event that completes it was due, as {@link System#nanoTime}
     */
    void completed(long tick, long nanos) {
        // Zero says that the tick is not measured.
        completed.set((int) (tick - first), nanos == 0 ? 1 : nanos);
    }

    /** A forecast of a tick is there; one of a tick that is not measured counts for nothing. */
    void arrived(long tick, long nanos) {
        long position = tick - first;
        long since = position < 0 || position >= arrived.length ? 0 : completed.get((int) position);
        if (since != 0) {
            arrived[(int) position]++;
            micros.recordValue(Math.max(0, nanos - since) / NANOS_A_MICRO);
        }
    }

    /** Whether every tick that was completed so far has all its forecasts. */
    boolean allArrived() {
        for (int tick = 0; tick < arrived.length; tick++) {
            if (completed.get(tick) != 0 && arrived[tick] < series) {
                return false;
            }
        }
        return true;
    }

    /** Counts forecasts that have not come as if they came now, which is as early as they can. */
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

    /** The latency that a share of the forecasts did not exceed; NaN where there was none. */
    double millis(double share) {
        return micros.getTotalCount() == 0
                ? Double.NaN
                : micros.getValueAtPercentile(100 * share) / MICROS_A_MILLI;
    }
}
