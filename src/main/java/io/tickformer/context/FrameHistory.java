package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * The running frames of a series at its newest tick, and its frames at the last P ticks: what the
 * next token needs of the past beside its own patch. Replaying a context gives the same trail, bit
 * for bit, as following it tick by tick.
 *
 * <p>Mutable and not thread-safe: it moves once a tick.
 */
public final class FrameHistory {
    private final int patchLength;
    private final int channels;
    private final int blockTicks;
    private final RunningFrame[] frames; // C

    // P x C, tick t at place t mod P.
    private final double[] locations;
    private final double[] scales;
    private long tick;

    /** An empty trail; {@link #restart} comes first. */
    public FrameHistory(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.blockTicks = spec.normalisation().blockTicks();
        this.frames = new RunningFrame[channels];
        Arrays.setAll(frames, channel -> new RunningFrame(spec.normalisation()));
        this.locations = new double[patchLength * channels];
        this.scales = new double[patchLength * channels];
    }

    /**
     * Goes to the tick before the head of a context, by replaying it.
     *
     * @param context not empty
     */
    public void restart(SeriesContext context) {
        context.readAll();
        long head = context.headTick();
        long first = RunningFrame.start(head - patchLength, blockTicks);
        for (RunningFrame ofChannel : frames) {
            ofChannel.restart(first);
        }
        tick = first - 1;
        while (tick < head - 1) {
            advance(context);
        }
    }

    /** Takes the next tick, whose values the context holds. */
    public void advance(SeriesContext context) {
        tick++;
        for (int channel = 0; channel < channels; channel++) {
            frames[channel].add(context.valueAt(tick, channel));
        }
        keepFrames();
    }

    private void keepFrames() {
        for (int channel = 0; channel < channels; channel++) {
            int place = place(tick, channel);
            locations[place] = frames[channel].location();
            scales[place] = frames[channel].scale();
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

    /** The scale of a channel at one of the last P ticks; 0 where it had no frame. */
    double scale(long tick, int channel) {
        return scales[place(tick, channel)];
    }

    private int place(long tick, int channel) {
        return Math.floorMod(tick, patchLength) * channels + channel;
    }
}
