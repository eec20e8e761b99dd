package io.tickformer.cli.card;

import io.tickformer.event.TickDefinition;
import io.tickformer.history.History;
import io.tickformer.history.TickSeries;
import java.util.ArrayList;
import java.util.List;

/**
 * Facts of a history on the tick grid of a model.
 *
 * @param source name of the history
 * @param fingerprint SHA-256 of its keys, times and values
 * @param firstTick the first tick of any series
 * @param endTick the tick after the last tick of any series
 * @param ticks number of ticks of all series, each from its first value to its last
 * @param missing number of them without a value
 * @param series the series in the order of the history
 */
record DataFacts(
        String source,
        String fingerprint,
        long firstTick,
        long endTick,
        long ticks,
        long missing,
        List<OneSeries> series) {

    /**
     * Facts of one series.
     *
     * @param key its key
     * @param firstTick its first tick with a value
     * @param endTick the tick after its last tick with a value
     * @param missing number of ticks between them without a value
     */
    record OneSeries(String key, long firstTick, long endTick, long missing) {
        long ticks() {
            return endTick - firstTick;
        }

        double missingShare() {
            return (double) missing / ticks();
        }
    }

    DataFacts {
        series = List.copyOf(series);
    }

    static DataFacts of(History history, TickDefinition rule) {
        List<OneSeries> all = new ArrayList<>();
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        long ticks = 0;
        long missing = 0;
        for (int i = 0; i < history.summaries().size(); i++) {
            TickSeries grid = history.ticks(i, rule);
            OneSeries facts =
                    new OneSeries(grid.series(), grid.firstTick(), grid.endTick(), missing(grid));
            all.add(facts);
            first = Math.min(first, facts.firstTick());
            end = Math.max(end, facts.endTick());
            ticks += facts.ticks();
            missing += facts.missing();
        }
        return new DataFacts(
                history.source(), history.fingerprint(), first, end, ticks, missing, all);
    }

    private static long missing(TickSeries grid) {
        long missing = 0;
        for (long tick = grid.firstTick(); tick < grid.endTick(); tick++) {
            missing += Double.isNaN(grid.valueAt(tick)) ? 1 : 0;
        }
        return missing;
    }

    double missingShare() {
        return (double) missing / ticks;
    }
}
