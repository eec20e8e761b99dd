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
 * a window need not replay the series from its start, a copy of the context is kept every T ticks:
 * a window replays between T and 2T ticks through {@link SeriesContext}, the very calls that
 * serving makes. The copies take as much memory as the series itself.
 */
final class TrainingSeries {
    private final ForecastSpec spec;
    private final TickSeries ticks;

    /** The context after the ticks before {@code firstTick + i * T}, for i = 1, 2, ... */
    private final List<SeriesContext> copies = new ArrayList<>();

    /** Scale of the undisturbed series after each tick. */
    private final double[] scales;

    TrainingSeries(TickSeries ticks, ForecastSpec spec) {
        this.ticks = ticks;
        this.spec = spec;
        this.scales = new double[ticks.length()];
        int contextLength = spec.contextLength();
        RunningStatistics statistics = new RunningStatistics(spec.normalisation());
        SeriesContext context = new SeriesContext(contextLength, spec.normalisation());
        for (int i = 0; i < scales.length; i++) {
            if (i > 0 && i % contextLength == 0) {
                copies.add(context.copy());
            }
            double value = ticks.values()[i];
            take(context, ticks.firstTick() + i, value);
            statistics.add(bounded(value));
            scales[i] = statistics.scale();
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
        long untouched = Math.floorDiv(end + 1 - ticks.firstTick(), contextLength) - 1;
        SeriesContext context;
        long next;
        if (untouched >= 1) {
            int copy = (int) Math.min(untouched, copies.size());
            context = copies.get(copy - 1).copy();
            next = ticks.firstTick() + (long) copy * contextLength;
        } else {
            context = new SeriesContext(contextLength, spec.normalisation());
            next = ticks.firstTick();
        }
        replay(context, next, end, missing);
        return context;
    }

    /** The context at a tick, as it would be had the series started with another tick. */
    SeriesContext freshContextAt(long start, long end, MissingRuns missing) {
        SeriesContext context = new SeriesContext(spec.contextLength(), spec.normalisation());
        replay(context, Math.max(start, ticks.firstTick()), end, missing);
        return context;
    }

    /**
     * The scale that errors of a window ending at a tick are measured in: that of the undisturbed
     * series, taken no earlier than {@code maturity} ticks after its start, as the first scales say
     * little, and in any case from the ticks before {@code before}.
     */
    double referenceScale(long end, long maturity, long before) {
        long mature = Math.max(end, ticks.firstTick() + maturity);
        long position = Math.min(mature, before - 1) - ticks.firstTick();
        return scales[(int) Math.min(position, scales.length - 1)];
    }

    private void replay(SeriesContext context, long from, long end, MissingRuns missing) {
        for (long tick = from; tick <= end; tick++) {
            take(context, tick, missing.contains(tick) ? Double.NaN : ticks.valueAt(tick));
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
