package io.tickformer.history;

import java.util.Arrays;

/** Finds the length of a tick in a history that does not say it. */
public final class TickLength {
    private TickLength() {}

    /**
     * The most common step from one event time to the next, in milliseconds, over all series; of
     * steps equally common, the shortest.
     *
     * @throws HistoryException if no series has two different event times
     */
    public static long detect(History history) {
        int steps = 0;
        for (SeriesHistory series : history.series()) {
            steps += Math.max(0, series.values().length - 1);
        }
        long[] lengths = new long[steps];
        int size = 0;
        for (SeriesHistory series : history.series()) {
            long[] times = series.eventTimeMillis();
            for (int i = 1; i < times.length; i++) {
                if (times[i] > times[i - 1]) {
                    lengths[size++] = times[i] - times[i - 1];
                }
            }
        }
        if (size == 0) {
            throw new HistoryException(
                    history.source()
                            + ": one event time only, so the length of a tick cannot be told; give"
                            + " it (--tick)");
        }
        Arrays.sort(lengths, 0, size);
        return mostCommon(lengths, size);
    }

    private static long mostCommon(long[] sorted, int size) {
        long best = sorted[0];
        int bestCount = 0;
        int start = 0;
        for (int i = 1; i <= size; i++) {
            if (i == size || sorted[i] != sorted[start]) {
                if (i - start > bestCount) {
                    bestCount = i - start;
                    best = sorted[start];
                }
                start = i;
            }
        }
        return best;
    }
}
