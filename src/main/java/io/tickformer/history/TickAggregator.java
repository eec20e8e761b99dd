package io.tickformer.history;

import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickDefinition;
import java.util.BitSet;

/** Aggregates the observations of one series into values on the tick grid. */
final class TickAggregator implements SeriesLog.Visitor {
    /** More ticks than this in a series indicate a wrong tick length. */
    private static final long MOST_TICKS = 100_000_000;

    private final TickDefinition rule;
    private final SpillBuffer out;
    private final BitSet readings = new BitSet();
    private final TickAccumulator accumulator = new TickAccumulator(1);
    private final long firstTick;
    private long tick;
    private double value = Double.NaN;

    private TickAggregator(long firstTick, TickDefinition rule, SpillBuffer out) {
        this.firstTick = firstTick;
        this.tick = firstTick;
        this.rule = rule;
        this.out = out;
    }

    /**
     * Puts a series on the grid.
     *
     * @param out receives the values of its ticks, from the first observed to the last
     * @throws HistoryException if there is no observation, or the grid is far too fine for the span
     */
    static TickSeries of(SeriesLog log, TickDefinition rule, SpillBuffer out) {
        SeriesSummary summary = log.summary();
        if (summary.observations() == 0) {
            throw new HistoryException(
                    "series %s has no observed value".formatted(summary.series()));
        }
        long tickMillis = rule.tickMillis();
        long firstTick = Tick.indexOf(summary.firstMillis(), tickMillis);
        long ticks = Tick.indexOf(summary.lastMillis(), tickMillis) - firstTick + 1;
        if (ticks > MOST_TICKS) {
            throw new HistoryException(
                    ("series %s spans %d ticks of %d ms; expected at most %d; give a longer tick"
                                    + " (--tick)")
                            .formatted(summary.series(), ticks, tickMillis, MOST_TICKS));
        }
        long begin = out.size();
        TickAggregator grid = new TickAggregator(firstTick, rule, out);
        log.visitByTick(tickMillis, grid);
        grid.closeTick();
        return new TickSeries(
                summary.series(), firstTick, (int) ticks, out, begin, grid.writeReadings());
    }

    @Override
    public void take(long eventTimeMillis, double observed) {
        long next = Tick.indexOf(eventTimeMillis, rule.tickMillis());
        if (next > tick) {
            closeTick();
            long reading = tick;
            for (tick++; tick < next; tick++) {
                append(rule.empty().value(tick, reading, value));
            }
        }
        accumulator.add(0, eventTimeMillis, observed);
    }

    private void closeTick() {
        append(accumulator.value(0, rule.aggregate()));
        accumulator.clear();
        if (rule.empty().rule().hasValue()) {
            readings.set((int) (tick - firstTick));
        }
    }

    private void append(double ofTick) {
        value = ofTick;
        out.append(Double.doubleToRawLongBits(ofTick));
    }

    /**
     * Writes one bit per tick with a reading. Returns their position, unless every value is a
     * reading.
     */
    private long writeReadings() {
        if (!rule.empty().rule().hasValue()) {
            return TickSeries.EVERY_VALUE;
        }
        long[] words = readings.toLongArray();
        return out.append(words, words.length);
    }
}
