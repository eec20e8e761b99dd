package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.util.Arrays;

/**
 * Encodes a context as T plain values for foreign forecasters, oldest first and without gaps: a
 * missing tick repeats the value before it, and the ticks before the first value repeat that value.
 *
 * <p>Not thread-safe: it reuses its arrays, as it runs once per tick.
 */
@Internal
public final class GapFillingContextEncoder {
    private final int contextLength;
    private final boolean normalised;
    private final int blockTicks;
    private final RunningFrame running;
    private final double[] window;

    /**
     * Makes an encoder for a spec.
     *
     * @param normalised whether values are normalised in the frame of the head tick, or raw
     */
    public GapFillingContextEncoder(ForecastSpec spec, boolean normalised) {
        this.contextLength = spec.contextLength();
        this.normalised = normalised;
        this.blockTicks = spec.normalisation().blockTicks();
        this.running = new RunningFrame(spec.normalisation());
        this.window = new double[contextLength];
    }

    /**
     * Writes T values and T observed flags (1 for a real value, else 0) from {@code offset} on.
     *
     * @return the frame of the head tick
     */
    public Frame encode(SeriesContext context, float[] values, float[] observed, int offset) {
        context.readAll();
        long head = context.headTick();
        running.replay(context, 0, RunningFrame.start(head, blockTicks), head);
        Frame frame = running.frame();
        long oldest = head - contextLength + 1;
        int first = contextLength;
        double filled = 0;
        for (int i = 0; i < contextLength; i++) {
            double value = context.valueAt(oldest + i);
            boolean real = !Double.isNaN(value);
            if (real) {
                filled = value;
                first = Math.min(first, i);
            }
            window[i] = filled;
            observed[offset + i] = real ? 1 : 0;
        }
        Arrays.fill(window, 0, first, first < contextLength ? window[first] : frame.location());
        double location = normalised ? frame.location() : 0;
        double scale = normalised && frame.isKnown() ? frame.scale() : 1;
        for (int i = 0; i < contextLength; i++) {
            values[offset + i] = (float) ((window[i] - location) / scale);
        }
        return frame;
    }
}
