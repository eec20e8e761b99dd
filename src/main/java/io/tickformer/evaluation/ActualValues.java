package io.tickformer.evaluation;

import java.util.Arrays;

/**
 * The values of one series by tick index; NaN if unknown. Takes 8 bytes per tick over the retained
 * range. Ticks may be added in any order.
 */
final class ActualValues {
    private static final int FIRST_CAPACITY = 64;
    private static final int MOST_TICKS = 1 << 27;

    private double[] values = new double[0];
    private long first;

    boolean isEmpty() {
        return values.length == 0;
    }

    /** Number of ticks in the allocated range. */
    int capacity() {
        return values.length;
    }

    /** The value of a tick, or NaN. */
    double at(long tick) {
        long position = tick - first;
        return position >= 0 && position < values.length ? values[(int) position] : Double.NaN;
    }

    void put(long tick, double value) {
        if (values.length == 0) {
            values = filled(FIRST_CAPACITY);
            first = tick;
        }
        makeRoomFor(tick);
        values[(int) (tick - first)] = value;
    }

    /** Allows the memory of earlier ticks to be freed, at once or later. */
    void forgetBefore(long tick) {
        long gone = Math.min(tick - first, values.length);
        // Free only if at least half is obsolete, so that copying is amortised.
        if (gone > FIRST_CAPACITY && gone > values.length / 2) {
            values = Arrays.copyOfRange(values, (int) gone, values.length);
            first += gone;
        }
    }

    private void makeRoomFor(long tick) {
        long newFirst = Math.min(first, tick);
        long needed = Math.max(first + values.length, tick + 1) - newFirst;
        if (needed <= values.length) {
            return;
        }
        if (needed > MOST_TICKS) {
            throw new IllegalArgumentException(
                    "tick %d lies %d ticks from the others; expected at most %d"
                            .formatted(tick, needed, MOST_TICKS));
        }
        double[] larger = filled((int) Math.min(MOST_TICKS, Math.max(needed, 2L * values.length)));
        System.arraycopy(values, 0, larger, (int) (first - newFirst), values.length);
        values = larger;
        first = newFirst;
    }

    private static double[] filled(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }
}
