package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * The running statistics of a series at its newest tick and the frames of its last P ticks: what
 * the next token needs of the past beside its own patch. Replaying a context gives the same trail,
 * bit for bit, as following it tick by tick.
 *
 * <p>Mutable and not thread-safe: it moves once a tick.
 */
public final class FrameTrail {
    private final int patchLength;
    private final int channels;
    private final RunningStatistics[] statistics; // C

    // P x C, tick t at place t mod P.
    private final double[] locations;
    private final double[] scales;
    private final boolean[] known;
    private long tick;

    /** An empty trail; {@link #restart} comes first. */
    public FrameTrail(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.statistics = new RunningStatistics[channels];
        Arrays.setAll(statistics, channel -> new RunningStatistics(spec.normalisation()));
        this.locations = new double[patchLength * channels];
        this.scales = new double[patchLength * channels];
        this.known = new boolean[patchLength * channels];
    }

    /**
     * Goes to the tick before the head of a context, by replaying it.
     *
     * @param context not empty
     */
    public void restart(SeriesContext context) {
        for (int channel = 0; channel < channels; channel++) {
            context.copyStatisticsBefore(channel, statistics[channel]);
        }
        long head = context.headTick();
        tick = context.oldestTick() - 1;
        keepFrames();
        while (tick < head - 1) {
            advance(context);
        }
    }

    /** Takes the next tick, whose values the context holds. */
    public void advance(SeriesContext context) {
        tick++;
        for (int channel = 0; channel < channels; channel++) {
            statistics[channel].add(context.valueAt(tick, channel));
        }
        keepFrames();
    }

    private void keepFrames() {
        for (int channel = 0; channel < channels; channel++) {
            int place = place(tick, channel);
            locations[place] = statistics[channel].location();
            scales[place] = statistics[channel].scale();
            known[place] = statistics[channel].isKnown();
        }
    }

    /** The newest tick taken. */
    public long tick() {
        return tick;
    }

    /** The location of a channel at one of the last P ticks. */
    double location(long tick, int channel) {
        return locations[place(tick, channel)];
    }

    /** The scale of a channel at one of the last P ticks. */
    double scale(long tick, int channel) {
        return scales[place(tick, channel)];
    }

    /** Whether a channel had been observed by one of the last P ticks. */
    boolean isKnown(long tick, int channel) {
        return known[place(tick, channel)];
    }

    private int place(long tick, int channel) {
        return Math.floorMod(tick, patchLength) * channels + channel;
    }
}
