package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;

/**
 * The running statistics of a series at its newest tick and the frames of its last P ticks: what
 * the next token needs of the past beside its own patch. Replaying a context gives the same trail,
 * bit for bit, as following it tick by tick.
 *
 * <p>Mutable and not thread-safe: it moves once a tick.
 */
public final class FrameTrail {
    private final int patchLength;
    private final RunningStatistics statistics;

    /** Tick t at place {@code t mod P}. */
    private final double[] locations;

    private final double[] scales;
    private long tick;

    /** An empty trail; {@link #restart} comes first. */
    public FrameTrail(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.statistics = new RunningStatistics(spec.normalisation());
        this.locations = new double[patchLength];
        this.scales = new double[patchLength];
    }

    /**
     * Goes to the tick before the head of a context, by replaying it.
     *
     * @param context not empty
     */
    public void restart(SeriesContext context) {
        context.copyStatisticsBefore(statistics);
        long head = context.headTick();
        // Frames of ticks before the first are never asked for.
        tick = context.oldestTick() - 1;
        keepFrame();
        while (tick < head - 1) {
            advance(context);
        }
    }

    /** Takes the next tick, whose value the context holds. */
    public void advance(SeriesContext context) {
        tick++;
        statistics.add(context.valueAt(tick));
        keepFrame();
    }

    private void keepFrame() {
        int place = place(tick);
        locations[place] = statistics.location();
        scales[place] = statistics.scale();
    }

    /** The newest tick taken. */
    public long tick() {
        return tick;
    }

    /** The location of one of the last P ticks. */
    double location(long tick) {
        return locations[place(tick)];
    }

    /** The scale of one of the last P ticks. */
    double scale(long tick) {
        return scales[place(tick)];
    }

    private int place(long tick) {
        return Math.floorMod(tick, patchLength);
    }
}
