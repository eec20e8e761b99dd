package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * The frames of a series at its last P ticks, and the running frames to continue from. The next
 * token needs nothing else of the past but its own patch. Replaying a context gives the same
 * history, bit for bit, as following it tick by tick.
 *
 * <p>Mutable and not thread-safe: it advances once per tick.
 */
@Internal
public final class FrameHistory {
    private final int patchLength;
    private final int channels;
    private final int blockTicks;
    private final RunningFrame[] frames; // C

    // P x C, tick t at place t mod P.
    private final double[] locations;
    private final double[] scales;
    private long tick;

    /** Makes an empty history; {@link #restart} must be called first. */
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
     * Replays a context up to the tick before its head.
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

    /** Takes the next tick, which is in the ring of the context. */
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
