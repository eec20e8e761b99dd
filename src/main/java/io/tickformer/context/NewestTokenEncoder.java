package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Encodes the newest token of a context from its patch and the frame history, without replaying the
 * ring. It writes the same floats as {@link TokenEncoder}.
 *
 * <p>Cost per call: O(P C) and one small object per channel.
 */
@Internal
public final class NewestTokenEncoder {
    private final int patchLength;
    private final int channels;
    private final CalendarEncoder calendar;

    // C each, of the tick P before the token's end.
    private final double[] previousLocations;
    private final double[] previousScales;

    /** Makes an encoder for our own networks. */
    public NewestTokenEncoder(ForecastSpec spec) {
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.calendar = new CalendarEncoder(spec);
        this.previousLocations = new double[channels];
        this.previousScales = new double[channels];
    }

    /**
     * Advances the history by one tick and writes the token that ends there.
     *
     * @param context whose ring holds the P ticks of the token
     * @param history at the tick before
     * @param values C x P, as {@link TokenEncoder#encode} writes them
     * @param observed C x P
     * @param features G
     * @return for each channel the frame of the token
     */
    public List<Frame> encode(
            SeriesContext context,
            FrameHistory history,
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features) {
        long end = history.tick() + 1;
        for (int channel = 0; channel < channels; channel++) {
            // The frame of the tick P before: the new tick will take its place in the history.
            previousLocations[channel] = history.location(end, channel);
            previousScales[channel] = history.scale(end, channel);
        }
        history.advance(context);
        List<Frame> frames = new ArrayList<>(channels);
        for (int channel = 0; channel < channels; channel++) {
            double location = history.location(end, channel);
            double scale = history.scale(end, channel);
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
