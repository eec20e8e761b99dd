package io.tickformer.history;

import java.util.HashMap;
import java.util.Map;

/** Finds the length of a tick in a history that does not say it. */
public final class TickLength {
    /** A history of so many different steps has no common one; further ones are not counted. */
    private static final int MOST_STEPS = 1 << 20;

    private TickLength() {}

    /**
     * The most common step from one observed event time to the next, in milliseconds, over all
     * series; of steps equally common, the shortest.
     *
     * @throws HistoryException if no series has two different event times
     */
    public static long detect(History history) {
        Map<Long, long[]> counts = new HashMap<>();
        int series = history.summaries().size();
        for (int i = 0; i < series; i++) {
            history.visitByTime(i, new Steps(counts));
        }
        long best = 0;
        long bestCount = 0;
        for (Map.Entry<Long, long[]> step : counts.entrySet()) {
            long count = step.getValue()[0];
            if (count > bestCount || (count == bestCount && step.getKey() < best)) {
                best = step.getKey();
                bestCount = count;
            }
        }
        if (bestCount == 0) {
            throw new HistoryException(
                    history.source()
                            + ": one event time only, so the length of a tick cannot be told; give"
                            + " it (--tick)");
        }
        return best;
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
