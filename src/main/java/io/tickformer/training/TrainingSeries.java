package io.tickformer.training;

import io.tickformer.context.RunningFrame;
import io.tickformer.context.SeriesContext;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One series, or all channels of one entity, and its context at any tick.
 *
 * <p>{@link SeriesContext} builds the context at a tick from the ticks that fit in its ring, so a
 * training window equals the context in a running job. Earlier ticks only tell whether the series
 * had begun.
 */
final class TrainingSeries {
    private final ForecastSpec spec;
    private final String key;
    private final List<TickSeries> channels; // null for a missing channel
    private final long firstTick;
    private final long endTick;

    /** A univariate series. */
    TrainingSeries(TickSeries ticks, ForecastSpec spec) {
        this(ticks.series(), Collections.singletonList(ticks), spec);
    }

    /**
     * The channels of an entity.
     *
     * @param channels in the order of the spec; null for a missing channel, but not for all
     */
    TrainingSeries(String key, List<TickSeries> channels, ForecastSpec spec) {
        this.key = key;
        this.channels = channels;
        this.spec = spec;
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (TickSeries ticks : channels) {
            first = ticks == null ? first : Math.min(first, ticks.firstTick());
            end = ticks == null ? end : Math.max(end, ticks.endTick());
        }
        this.firstTick = first;
        this.endTick = end;
    }

    /** Key of the series or of the entity. */
    String key() {
        return key;
    }

    /** Index of the first tick at which any channel is observed. */
    long firstTick() {
        return firstTick;
    }

    /** Index of the tick after the last. */
    long endTick() {
        return endTick;
    }

    /** Number of ticks, observed or missing. */
    long length() {
        return endTick - firstTick;
    }

    /** The ticks of a channel; empty if the entity lacks it. */
    Optional<TickSeries> channel(int channel) {
        return Optional.ofNullable(channels.get(channel));
    }

    /** Reads the ticks up to, but without, {@code end}; those outside the series are missing. */
    TickMatrix values(long from, long end) {
        double[][] values = new double[channels.size()][];
        for (int channel = 0; channel < values.length; channel++) {
            TickSeries ticks = channels.get(channel);
            values[channel] = ticks == null ? missing(from, end) : ticks.values(from, end);
        }
        return spec.emptyTick().hasValue()
                ? new TickMatrix(from, values, readings(from, end))
                : new TickMatrix(from, values);
    }

    private boolean[][] readings(long from, long end) {
        boolean[][] readings = new boolean[channels.size()][Math.toIntExact(end - from)];
        for (int channel = 0; channel < readings.length; channel++) {
            if (channels.get(channel) != null) {
                readings[channel] = channels.get(channel).readings(from, end);
            }
        }
        return readings;
    }

    private static double[] missing(long from, long end) {
        double[] values = new double[Math.toIntExact(end - from)];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** The context at a tick; empty if no tick within reach is observed. */
    SeriesContext contextAt(long end) {
        return contextAt(end, RemovedTicks.NONE);
    }

    /** The context at a tick, with some ticks removed. */
    SeriesContext contextAt(long end, RemovedTicks missing) {
        SeriesContext context = SeriesContext.of(spec);
        if (end < firstTick) {
            return context;
        }
        long from = Math.max(firstTick, end + 1 - spec.ringTicks());
        if (spec.emptyTick().hasValue() || !isObserved(values(from, from + 1), from)) {
            // Ticks before the ring tell whether the series was alive at the start of the ring.
            from = Math.max(firstTick, end + 2 - 2L * spec.ringTicks());
        }
        replay(context, values(from, end + 1), from, end, missing);
        return context;
    }

    private static boolean isObserved(TickMatrix values, long tick) {
        for (int channel = 0; channel < values.values().length; channel++) {
            if (!Double.isNaN(values.at(tick, channel))) {
                return true;
            }
        }
        return false;
    }

    /** The context at a tick, assuming that the series starts at another tick. */
    SeriesContext freshContextAt(long start, long end, RemovedTicks missing) {
        SeriesContext context = SeriesContext.of(spec);
        long from = Math.max(start, firstTick);
        replay(context, values(from, end + 1), from, end, missing);
        return context;
    }

    /** The context of a window with changed values. */
    SeriesContext changedContextAt(TickMatrix values, WindowPosition window) {
        SeriesContext context = SeriesContext.of(spec);
        long from = Math.max(values.from(), firstTick);
        from = window.isFresh() ? Math.max(from, window.freshStart()) : from;
        replay(context, values, from, window.end(), window.missing());
        return context;
    }

    /**
     * The scale that the errors of a window are measured in: the scale of the unchanged channel at
     * {@code end}, or {@code maturity} ticks after the start of the channel if that is later,
     * because the first scales are unreliable. It is always a scale from before {@code before}. 1
     * for a missing channel, 0 if there is no frame.
     */
    double referenceScale(int channel, long end, long maturity, long before) {
        TickSeries ticks = channels.get(channel);
        if (ticks == null) {
            return 1;
        }
        long mature = Math.max(end, ticks.firstTick() + maturity);
        long last = Math.min(Math.min(mature, before - 1), ticks.endTick() - 1);
        RunningFrame frame = new RunningFrame(spec.normalisation());
        long from = RunningFrame.start(last, spec.normalisation().blockTicks());
        double[] values = ticks.values(from, last + 1);
        frame.replay(tick -> bounded(values[(int) (tick - from)]), from, last);
        return frame.scale();
    }

    private static void replay(
            SeriesContext context, TickMatrix values, long from, long end, RemovedTicks missing) {
        double[] ofTick = new double[context.channels()];
        for (long tick = from; tick <= end; tick++) {
            values.load(tick, ofTick);
            for (int channel = 0; channel < ofTick.length; channel++) {
                if (missing.contains(tick, channel)) {
                    ofTick[channel] = Double.NaN;
                }
            }
            take(context, tick, ofTick);
        }
    }

    /** Clips a value as {@link SeriesContext} does; NaN stays NaN. */
    private static double bounded(double value) {
        double largest = SeriesContext.LARGEST_MAGNITUDE;
        return Math.max(-largest, Math.min(largest, value));
    }

    private static void take(SeriesContext context, long tick, double[] values) {
        for (double value : values) {
            if (!Double.isNaN(value)) {
                context.update(tick, values);
                return;
            }
        }
        context.advanceTo(tick);
    }
}
