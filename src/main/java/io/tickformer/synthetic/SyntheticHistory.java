package io.tickformer.synthetic;

import io.tickformer.annotation.Internal;
import io.tickformer.history.History;
import io.tickformer.history.HistoryBuilder;
import java.util.Locale;

/** Synthetic series as a training history. */
@Internal
public final class SyntheticHistory {
    private SyntheticHistory() {}

    /**
     * The first series of a seed, each from the start of the epoch. They are generated one after
     * another and stored like those of a file, on disk if they do not fit in memory.
     *
     * @param seed of the set
     * @param series number of series
     * @param ticks length of each
     * @param tickMillis length of a tick; arbitrary, because the series do not depend on time
     * @return the history, which the caller closes
     */
    public static History of(long seed, int series, int ticks, long tickMillis) {
        try (HistoryBuilder builder = new HistoryBuilder()) {
            for (int index = 0; index < series; index++) {
                int number = builder.number(key(index));
                double[] values = SyntheticSeries.of(seed, index, ticks).values();
                for (int i = 0; i < ticks; i++) {
                    builder.add(number, i * tickMillis, values[i]);
                }
            }
            return builder.build("%d synthetic series of seed %d".formatted(series, seed));
        }
    }

    /** The key of a series; keys sort in the order of indices. */
    static String key(int index) {
        return String.format(Locale.ROOT, "synthetic-%07d", index);
    }
}
