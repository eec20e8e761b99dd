package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One token of a context, from its patch and the trail of frames: the very floats that {@link
 * TokenEncoder} writes for it, without replaying the ring.
 *
 * <p>Cost: O(P) and one small object a call.
 */
public final class NewestTokenEncoder {
    private final int patchLength;
    private final int channels;
    private final CalendarEncoder calendar;

    // C each, of the tick P before the token's end.
    private final double[] previousLocations;
    private final double[] previousScales;

    /** An encoder for networks of ours. */
    public NewestTokenEncoder(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.calendar = new CalendarEncoder(spec);
        this.previousLocations = new double[channels];
        this.previousScales = new double[channels];
    }

    /**
     * Moves the trail on by one tick and writes the token that ends there.
     *
     * @param context whose ring holds the P ticks of the token
     * @param trail at the tick before
     * @param values C x P, as {@link TokenEncoder#encode} writes them
     * @param observed C x P
     * @param features G
     * @return for each channel the frame of the token
     */
    public List<Frame> encode(
            SeriesContext context,
            FrameHistory trail,
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features) {
        long end = trail.tick() + 1;
        for (int channel = 0; channel < channels; channel++) {
            // Of the tick P before: its place in the trail is that of the new tick.
            previousLocations[channel] = trail.location(end, channel);
            previousScales[channel] = trail.scale(end, channel);
        }
        trail.advance(context);
        List<Frame> frames = new ArrayList<>(channels);
        for (int channel = 0; channel < channels; channel++) {
            double location = trail.location(end, channel);
            double scale = trail.scale(end, channel);
            for (long tick = end - patchLength + 1; tick <= end; tick++) {
                double value = context.valueAt(tick, channel);
                float normalised = TokenEncoder.normalised(value, location, scale);
                boolean real = !Float.isNaN(normalised);
                values.put(real ? normalised : 0f);
                observed.put(real ? 1f : 0f);
            }
            TokenEncoder.putMovement(
                    end - patchLength >= context.firstTick(),
                    location - previousLocations[channel],
                    previousScales[channel],
                    scale,
                    features);
            frames.add(new Frame(location, scale));
        }
        calendar.put(end, features);
        return frames;
    }
}
