package io.tickformer.training;

import io.tickformer.context.RunningStatistics;
import io.tickformer.context.SeriesContext;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * One series and its context at any tick.
 *
 * <p>The context at a tick depends on every tick before it, through the running statistics. So that
 * a window need not replay the series from its start, a mark is kept every so often: where the
 * context stood, without the values of its ring, which are those of the series. A window restores
 * the context of the mark that lies T ticks or more before its end, and replays the ticks since
 * through {@link SeriesContext}, the very calls that serving makes. Marks take a few hundredths of
 * the memory of the series, which itself may lie on disk.
 */
final class TrainingSeries {
    /** Ticks from one mark to the next, at least. */
    private static final int LEAST_SPACING = 512;

    /**
     * Where a series stands after some of its ticks.
     *
     * @param context its context; null where that is empty
     * @param statistics of the undisturbed series, gaps and all
     */
    private record Mark(SeriesContext.Mark context, RunningStatistics statistics) {}

    private final ForecastSpec spec;
    private final TickSeries ticks;
    private final int spacing;

    /** After the ticks before {@code firstTick + i * spacing}, for i = 0, 1, ... */
    private final List<Mark> marks = new ArrayList<>();

    TrainingSeries(TickSeries ticks, ForecastSpec spec) {
        this.ticks = ticks;
        this.spec = spec;
        this.spacing = Math.max(spec.contextLength(), LEAST_SPACING);
        RunningStatistics statistics = new RunningStatistics(spec.normalisation());
        SeriesContext context = new SeriesContext(spec.contextLength(), spec.normalisation());
        for (long from = ticks.firstTick(); from < ticks.endTick(); from += spacing) {
            marks.add(new Mark(context.mark().orElse(null), statistics.copy()));
            long end = Math.min(from + spacing, ticks.endTick());
            TickValues values = TickValues.read(ticks, from, end);
            for (long tick = from; tick < end; tick++) {
                take(context, tick, values.at(tick));
                statistics.add(bounded(values.at(tick)));
            }
        }
    }

    TickSeries ticks() {
        return ticks;
    }

    /** The context at a tick; empty where no tick in reach is observed. */
    SeriesContext contextAt(long end) {
        return contextAt(end, MissingRuns.NONE);
    }

    /** The context at a tick, as it would be had some of its last T ticks been missing. */
    SeriesContext contextAt(long end, MissingRuns missing) {
        int contextLength = spec.contextLength();
        if (end < ticks.firstTick()) {
            return new SeriesContext(contextLength, spec.normalisation());
        }
        // The last mark that knows none of the last T ticks.
        long untouched = Math.floorDiv(end + 1 - contextLength - ticks.firstTick(), spacing);
        int index = (int) Math.max(0, Math.min(untouched, marks.size() - 1));
        long next = ticks.firstTick() + (long) index * spacing;
        TickValues values = TickValues.read(ticks, next - contextLength, end + 1);
        SeriesContext.Mark mark = marks.get(index).context();
        SeriesContext context =
                mark == null
                        ? new SeriesContext(contextLength, spec.normalisation())
                        : SeriesContext.restore(
                                mark, contextLength, spec.normalisation(), values::at);
        replay(context, values, next, end, missing);
        return context;
    }

    /** The context at a tick, as it would be had the series started with another tick. */
    SeriesContext freshContextAt(long start, long end, MissingRuns missing) {
        SeriesContext context = new SeriesContext(spec.contextLength(), spec.normalisation());
        long from = Math.max(start, ticks.firstTick());
        replay(context, TickValues.read(ticks, from, end + 1), from, end, missing);
        return context;
    }

    /** The context of a window whose ticks have other values. */
    SeriesContext changedContextAt(TickValues values, Window window) {
        SeriesContext context = new SeriesContext(spec.contextLength(), spec.normalisation());
        long from = Math.max(values.from(), ticks.firstTick());
        from = window.isFresh() ? Math.max(from, window.freshStart()) : from;
        replay(context, values, from, window.end(), window.missing());
        return context;
    }

    /**
     * The scale that errors of a window ending at a tick are measured in: that of the undisturbed
     * series, taken no earlier than {@code maturity} ticks after its start, as the first scales say
     * little, and in any case from the ticks before {@code before}.
     */
    double referenceScale(long end, long maturity, long before) {
        long mature = Math.max(end, ticks.firstTick() + maturity);
        long last = Math.min(Math.min(mature, before - 1), ticks.endTick() - 1);
        int index = (int) ((last - ticks.firstTick()) / spacing);
        long from = ticks.firstTick() + (long) index * spacing;
        RunningStatistics statistics = marks.get(index).statistics().copy();
        for (double value : ticks.values(from, last + 1)) {
            statistics.add(bounded(value));
        }
        return statistics.scale();
    }

    private static void replay(
            SeriesContext context, TickValues values, long from, long end, MissingRuns missing) {
        for (long tick = from; tick <= end; tick++) {
            take(context, tick, missing.contains(tick) ? Double.NaN : values.at(tick));
        }
    }

    /** As {@link SeriesContext} bounds what it takes; NaN stays NaN. */
    private static double bounded(double value) {
        double largest = SeriesContext.LARGEST_MAGNITUDE;
        return Math.max(-largest, Math.min(largest, value));
    }

    private static void take(SeriesContext context, long tick, double value) {
        if (Double.isNaN(value)) {
            context.advanceTo(tick);
        } else {
            context.update(tick, value);
        }
    }
}
