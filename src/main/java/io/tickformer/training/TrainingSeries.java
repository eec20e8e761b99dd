package io.tickformer.training;

import io.tickformer.context.RunningStatistics;
import io.tickformer.context.SeriesContext;
import io.tickformer.history.TickSeries;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One series, or the channels of one record, and its context at any tick.
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
     * @param statistics of each channel of the undisturbed series, gaps and all
     */
    private record Mark(SeriesContext.Mark context, List<RunningStatistics> statistics) {}

    private final ForecastSpec spec;
    private final String key;
    private final List<TickSeries> channels; // null where the record lacks one
    private final long firstTick;
    private final long endTick;
    private final int spacing;

    /** After the ticks before {@code firstTick + i * spacing}, for i = 0, 1, ... */
    private final List<Mark> marks = new ArrayList<>();

    /** A series of its own. */
    TrainingSeries(TickSeries ticks, ForecastSpec spec) {
        this(ticks.series(), Collections.singletonList(ticks), spec);
    }

    /**
     * The channels of a record.
     *
     * @param channels in the order of the spec; null for one that the record lacks, not all
     */
    TrainingSeries(String key, List<TickSeries> channels, ForecastSpec spec) {
        this.key = key;
        this.channels = channels;
        this.spec = spec;
        this.spacing = Math.max(spec.contextLength(), LEAST_SPACING);
        long first = Long.MAX_VALUE;
        long end = Long.MIN_VALUE;
        for (TickSeries ticks : channels) {
            first = ticks == null ? first : Math.min(first, ticks.firstTick());
            end = ticks == null ? end : Math.max(end, ticks.endTick());
        }
        this.firstTick = first;
        this.endTick = end;
        mark();
    }

    private void mark() {
        List<RunningStatistics> statistics = new ArrayList<>();
        for (int channel = 0; channel < channels.size(); channel++) {
            statistics.add(new RunningStatistics(spec.normalisation()));
        }
        SeriesContext context = SeriesContext.of(spec);
        double[] ofTick = new double[channels.size()];
        for (long from = firstTick; from < endTick; from += spacing) {
            List<RunningStatistics> kept =
                    statistics.stream().map(RunningStatistics::copy).toList();
            marks.add(new Mark(context.mark().orElse(null), kept));
            long end = Math.min(from + spacing, endTick);
            TickValues values = values(from, end);
            for (long tick = from; tick < end; tick++) {
                values.load(tick, ofTick);
                take(context, tick, ofTick);
                for (int channel = 0; channel < ofTick.length; channel++) {
                    statistics.get(channel).add(bounded(values.at(tick, channel)));
                }
            }
        }
    }

    /** The key of the series, or of the record. */
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

    /** A channel on the grid; empty where the record lacks it. */
    Optional<TickSeries> channel(int channel) {
        return Optional.ofNullable(channels.get(channel));
    }

    /** Reads the ticks up to, but without, {@code end}; those outside the series are missing. */
    TickValues values(long from, long end) {
        double[][] values = new double[channels.size()][];
        for (int channel = 0; channel < values.length; channel++) {
            TickSeries ticks = channels.get(channel);
            values[channel] = ticks == null ? missing(from, end) : ticks.values(from, end);
        }
        return spec.emptyTick().hasValue()
                ? new TickValues(from, values, readings(from, end))
                : new TickValues(from, values);
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

    /** The context at a tick; empty where no tick in reach is observed. */
    SeriesContext contextAt(long end) {
        return contextAt(end, MissingRuns.NONE);
    }

    /** The context at a tick, as it would be had some of its last T ticks been missing. */
    SeriesContext contextAt(long end, MissingRuns missing) {
        int contextLength = spec.contextLength();
        if (end < firstTick) {
            return SeriesContext.of(spec);
        }
        // The last mark that knows none of the last T ticks.
        long untouched = Math.floorDiv(end + 1 - contextLength - firstTick, spacing);
        int index = (int) Math.max(0, Math.min(untouched, marks.size() - 1));
        long next = firstTick + (long) index * spacing;
        TickValues values = values(next - contextLength, end + 1);
        SeriesContext.Mark mark = marks.get(index).context();
        SeriesContext context =
                mark == null
                        ? SeriesContext.of(spec)
                        : SeriesContext.restore(
                                mark,
                                contextLength,
                                spec.normalisation(),
                                spec.emptyTick(),
                                values);
        replay(context, values, next, end, missing);
        return context;
    }

    /** The context at a tick, as it would be had the series started with another tick. */
    SeriesContext freshContextAt(long start, long end, MissingRuns missing) {
        SeriesContext context = SeriesContext.of(spec);
        long from = Math.max(start, firstTick);
        replay(context, values(from, end + 1), from, end, missing);
        return context;
    }

    /** The context of a window whose ticks have other values. */
    SeriesContext changedContextAt(TickValues values, Window window) {
        SeriesContext context = SeriesContext.of(spec);
        long from = Math.max(values.from(), firstTick);
        from = window.isFresh() ? Math.max(from, window.freshStart()) : from;
        replay(context, values, from, window.end(), window.missing());
        return context;
    }

    /**
     * The scale that errors of a window ending at a tick are measured in: that of the undisturbed
     * channel, taken no earlier than {@code maturity} ticks after its start, as the first scales
     * say little, and in any case from the ticks before {@code before}. 1 for a channel that the
     * record lacks.
     */
    double referenceScale(int channel, long end, long maturity, long before) {
        TickSeries ticks = channels.get(channel);
        if (ticks == null) {
            return 1;
        }
        long mature = Math.max(end, ticks.firstTick() + maturity);
        long last = Math.min(Math.min(mature, before - 1), ticks.endTick() - 1);
        int index = (int) (Math.max(0, last - firstTick) / spacing);
        long from = firstTick + (long) index * spacing;
        RunningStatistics statistics = marks.get(index).statistics().get(channel).copy();
        for (double value : ticks.values(from, last + 1)) {
            statistics.add(bounded(value));
        }
        return statistics.scale();
    }

    private static void replay(
            SeriesContext context, TickValues values, long from, long end, MissingRuns missing) {
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

    /** As {@link SeriesContext} bounds what it takes; NaN stays NaN. */
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
