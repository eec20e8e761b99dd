package io.tickformer.history;

import io.tickformer.annotation.Public;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Detects the tick length of a history.
 *
 * <p>On a grid, with or without gaps, nearly every step is a multiple of the most common step,
 * which is the tick length. If times are irregular, such as those of a sensor that reports about
 * once a minute, the most common step is random; then the tick length is the usual length nearest
 * to the median step.
 */
@Public
public final class TickLengthDetector {
    /** With this many different steps there is no common one; further steps are not counted. */
    private static final int MOST_STEPS = 1 << 20;

    private static final long SECOND = 1_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** Usual tick lengths in milliseconds, ascending. */
    private static final long[] USUAL = {
        1,
        10,
        100,
        SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        7 * DAY
    };

    private TickLengthDetector() {}

    /**
     * The most common step between consecutive observed event times in milliseconds, over all
     * series; of equally common steps, the shortest. If less than a tenth of the steps equal it, or
     * less than half are multiples of it, the result is the usual length whose ratio to the median
     * step is nearest to 1.
     *
     * @throws HistoryException if no series has two different event times
     */
    public static long detect(History history) {
        Map<Long, long[]> counts = new HashMap<>();
        int series = history.summaries().size();
        for (int i = 0; i < series; i++) {
            history.visitByTime(i, new Steps(counts));
        }
        if (counts.isEmpty()) {
            throw new HistoryException(
                    history.source()
                            + ": only one event time, so the tick length cannot be detected; give"
                            + " it (--tick)");
        }
        SortedMap<Long, long[]> ascending = new TreeMap<>(counts);
        long common = mostCommon(ascending);
        long all = 0;
        long multiples = 0;
        for (Map.Entry<Long, long[]> step : ascending.entrySet()) {
            long count = step.getValue()[0];
            all += count;
            multiples += step.getKey() % common == 0 ? count : 0;
        }
        boolean grid = 10 * ascending.get(common)[0] >= all && 2 * multiples >= all;
        return grid ? common : usual(median(ascending, all));
    }

    private static long mostCommon(SortedMap<Long, long[]> steps) {
        long best = 0;
        long bestCount = 0;
        for (Map.Entry<Long, long[]> step : steps.entrySet()) {
            if (step.getValue()[0] > bestCount) {
                best = step.getKey();
                bestCount = step.getValue()[0];
            }
        }
        return best;
    }

    private static long median(SortedMap<Long, long[]> steps, long all) {
        long before = 0;
        for (Map.Entry<Long, long[]> step : steps.entrySet()) {
            before += step.getValue()[0];
            if (2 * before >= all) {
                return step.getKey();
            }
        }
        return steps.lastKey();
    }

    private static long usual(long step) {
        long nearest = USUAL[0];
        for (long length : USUAL) {
            if (ratio(length, step) < ratio(nearest, step)) {
                nearest = length;
            }
        }
        return nearest;
    }

    private static double ratio(long a, long b) {
        return (double) Math.max(a, b) / Math.min(a, b);
    }

    /** Counts the steps of one series. */
    private static final class Steps implements SeriesLog.Visitor {
        private final Map<Long, long[]> counts;
        private boolean any;
        private long previous;

        Steps(Map<Long, long[]> counts) {
            this.counts = counts;
        }

        @Override
        public void take(long eventTimeMillis, double value) {
            if (any && eventTimeMillis > previous) {
                long step = eventTimeMillis - previous;
                long[] count = counts.get(step);
                if (count != null) {
                    count[0]++;
                } else if (counts.size() < MOST_STEPS) {
                    counts.put(step, new long[] {1});
                }
            }
            any = true;
            previous = eventTimeMillis;
        }
    }
}
