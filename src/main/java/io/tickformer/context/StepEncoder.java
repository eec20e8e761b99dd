package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;

/**
 * One token of a context, from its patch and the trail of frames: the very floats that {@link
 * TokenEncoder} writes for it, without replaying the ring.
 *
 * <p>Cost: O(P) and one small object a call.
 */
public final class StepEncoder {
    private final int patchLength;
    private final CalendarEncoder calendar;

    /** An encoder for networks of ours. */
    public StepEncoder(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.calendar = new CalendarEncoder(spec);
    }

    /**
     * Moves the trail on by one tick and writes the token that ends there.
     *
     * @param context whose ring holds the P ticks of the token
     * @param trail at the tick before
     * @param values P, as {@link TokenEncoder#encode} writes them
     * @param observed P
     * @param features C
     * @return the frame of the token
     */
    public Frame encode(
            SeriesContext context,
            FrameTrail trail,
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features) {
        long end = trail.tick() + 1;
        // Of the tick P before: its place in the trail is that of the new tick.
        double previousLocation = trail.location(end);
        double previousScale = trail.scale(end);
        trail.advance(context);
        double location = trail.location(end);
        double scale = trail.scale(end);
        for (long tick = end - patchLength + 1; tick <= end; tick++) {
            double value = context.valueAt(tick);
            boolean real = !Double.isNaN(value);
            values.put(real ? (float) ((value - location) / scale) : 0f);
            observed.put(real ? 1f : 0f);
        }
        boolean moved = end - patchLength >= context.firstTick();
        features.put(moved ? TokenEncoder.bounded((location - previousLocation) / scale) : 0f);
        features.put(moved ? TokenEncoder.bounded(Math.log(scale / previousScale)) : 0f);
        calendar.put(end, features);
        return new Frame(location, scale);
    }
}
