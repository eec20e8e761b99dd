package io.tickformer.history;

import io.tickformer.event.Tick;
import io.tickformer.event.TickAccumulator;
import io.tickformer.event.TickAggregate;

/** Writes the observations of one series, tick after tick, as values on the tick grid. */
final class TickGrid implements SeriesLog.Visitor {
    /** More ticks than this in one series mean a wrong tick length rather than a long history. */
    private static final long MOST_TICKS = 100_000_000;

    private static final long MISSING = Double.doubleToRawLongBits(Double.NaN);

    private final long tickMillis;
    private final TickAggregate aggregate;
    private final Spool out;
    private final TickAccumulator accumulator = new TickAccumulator(1);
    private long tick;

    private TickGrid(long firstTick, long tickMillis, TickAggregate aggregate, Spool out) {
        this.tick = firstTick;
        this.tickMillis = tickMillis;
        this.aggregate = aggregate;
        this.out = out;
    }

    /**
     * Puts a series on the grid.
     *
     * @param out takes the values of its ticks, from the first observed to the last
     * @throws HistoryException if there is no observation, or the grid is far too fine for the span
     */
    static TickSeries of(SeriesLog log, long tickMillis, TickAggregate aggregate, Spool out) {
        SeriesSummary summary = log.summary();
        if (summary.observations() == 0) {
            throw new HistoryException(
                    "series %s has no observed value".formatted(summary.series()));
        }
        long firstTick = Tick.indexOf(summary.firstMillis(), tickMillis);
        long ticks = Tick.indexOf(summary.lastMillis(), tickMillis) - firstTick + 1;
        if (ticks > MOST_TICKS) {
            throw new HistoryException(
                    ("series %s spans %d ticks of %d ms; expected at most %d: give a longer tick"
                                    + " (--tick)")
                            .formatted(summary.series(), ticks, tickMillis, MOST_TICKS));
        }
        long begin = out.size();
        TickGrid grid = new TickGrid(firstTick, tickMillis, aggregate, out);
        log.visitByTick(tickMillis, grid);
        grid.closeTick();
        return new TickSeries(summary.series(), firstTick, (int) ticks, out, begin);
    }

    @Override
    public void take(long eventTimeMillis, double value) {
        long next = Tick.indexOf(eventTimeMillis, tickMillis);
        if (next > tick) {
            closeTick();
            for (tick++; tick < next; tick++) {
                out.append(MISSING);
            }
        }
        accumulator.add(0, eventTimeMillis, value);
    }

    private void closeTick() {
        out.append(Double.doubleToRawLongBits(accumulator.value(0, aggregate)));
        accumulator.clear();
    }
}
