package io.tickformer.synthetic;

import io.tickformer.history.History;
import io.tickformer.history.SeriesHistory;
import java.util.ArrayList;
import java.util.List;

/** Synthetic series as a history to learn from. */
public final class SyntheticHistory {
    private SyntheticHistory() {}

    /**
     * The first series of a seed, each from the start of the epoch.
     *
     * @param seed of the set
     * @param series how many
     * @param ticks of each
     * @param tickMillis length of a tick; the series know no time, so any will do
     */
    public static History of(long seed, int series, int ticks, long tickMillis) {
        long[] times = new long[ticks];
        for (int i = 0; i < ticks; i++) {
            times[i] = i * tickMillis;
        }
        List<SeriesHistory> histories = new ArrayList<>();
        for (int index = 0; index < series; index++) {
            SyntheticSeries one = SyntheticSeries.of(seed, index, ticks);
            // The event times are the same array: it is owned by none that would change it.
            histories.add(new SeriesHistory("synthetic-" + index, times, one.values()));
        }
        return new History("%d synthetic series of seed %d".formatted(series, seed), histories);
    }
}
