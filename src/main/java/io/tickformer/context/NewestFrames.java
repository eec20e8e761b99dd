package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the frames at the head of a context, and encodes nothing: for forecasts that are made
 * without the model. They are the frames that an encoder returns.
 *
 * <p>Not thread-safe: it reuses its frame.
 */
@Internal
public final class NewestFrames {
    private final int blockTicks;
    private final RunningFrame running;

    public NewestFrames(ForecastSpec spec) {
        this.blockTicks = spec.normalisation().blockTicks();
        this.running = new RunningFrame(spec.normalisation());
    }

    /**
     * The frame of each channel at the head.
     *
     * @param context not empty
     */
    public List<Frame> of(SeriesContext context) {
        context.readAll();
        long head = context.headTick();
        List<Frame> frames = new ArrayList<>(context.channels());
        for (int channel = 0; channel < context.channels(); channel++) {
            running.replay(context, channel, RunningFrame.start(head, blockTicks), head);
            frames.add(running.frame());
        }
        return frames;
    }
}
