package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes a context as the N tokens that our own networks read. Training and serving both use it.
 *
 * <p>Token i (oldest first) is the patch of P ticks of each of C channels that ends at tick {@code
 * head - (N - 1 - i) P}, normalised in the channel's frame at that tick. One pass replays the ring
 * through the running frames: first the ticks before the oldest token on which its frame depends,
 * then P ticks for each token, which is written in the frames at its end.
 *
 * <p>Cost per call: O((T + 2B) C) and C small objects. Not thread-safe: it reuses its arrays, as it
 * runs once per tick.
 */
@Internal
public final class TokenEncoder {
    /** Largest magnitude of a feature that says how a frame moved; larger ones are clipped. */
    public static final float LARGEST_MOVEMENT = 8;

    /** A value more than this many scales from its token's location is encoded as missing. */
    static final double LARGEST_VALUE = 6;

    private final ForecastSpec spec;
    private final int tokens;
    private final int patchLength;
    private final int channels;
    private final int features;
    private final CalendarEncoder calendar;
    private final RunningFrame[] frames; // C
    private final double[] previousLocations; // C, at the end of the token before
    private final double[] previousScales; // C, likewise; 0 where there is no frame
    private final double[] patch; // C x P

    /** Makes an encoder for our own networks. */
    public TokenEncoder(ForecastSpec spec) {
        this.spec = spec;
        this.tokens = spec.tokens();
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.features = spec.tokenFeatures();
        this.calendar = new CalendarEncoder(spec);
        this.frames = new RunningFrame[channels];
        Arrays.setAll(frames, channel -> new RunningFrame(spec.normalisation()));
        this.previousLocations = new double[channels];
        this.previousScales = new double[channels];
        this.patch = new double[spec.tokenValues()];
    }

    /**
     * Writes the N tokens at the positions of the buffers, and advances the positions.
     *
     * @param values N x C P, normalised, channel after channel; 0 where missing
     * @param observed N x C P, 1 for a real value, else 0
     * @param features N x {@link ForecastSpec#tokenFeatures()}: for each channel how its location
     *     and its log scale moved since the token before, then sine and cosine of each calendar
     *     cycle at the start of the token's last tick. For the first token of a series the
     *     movements are 0
     * @param present N, 1 unless the token ends before the first tick
     * @return for each channel the frame of the last token, which denormalises its forecast
     */
    public List<Frame> encode(
            SeriesContext context,
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features,
            FloatBuffer present) {
        begin(context);
        long firstTick = context.firstTick();
        for (int token = 0; token < tokens; token++) {
            long end = end(context, token);
            for (int channel = 0; channel < channels; channel++) {
                previousLocations[channel] = frames[channel].location();
                previousScales[channel] = frames[channel].scale();
            }
            replayPatch(context, end);
            for (int channel = 0; channel < channels; channel++) {
                putPatch(channel, values, observed);
            }
            for (int channel = 0; channel < channels; channel++) {
                putMovement(channel, end - patchLength >= firstTick, features);
            }
            calendar.put(end, features);
            present.put(end >= firstTick ? 1f : 0f);
        }
        List<Frame> last = new ArrayList<>(channels);
        for (RunningFrame ofChannel : frames) {
            last.add(ofChannel.frame());
        }
        return last;
    }

    private void putPatch(int channel, FloatBuffer values, FloatBuffer observed) {
        double location = frames[channel].location();
        double scale = frames[channel].scale();
        for (int i = channel * patchLength; i < (channel + 1) * patchLength; i++) {
            float normalised = normalised(patch[i], location, scale);
            boolean real = !Float.isNaN(normalised);
            values.put(real ? normalised : 0f);
            observed.put(real ? 1f : 0f);
        }
    }

    /** Writes how a frame moved since the token before; 0 if it had no value by then. */
    private void putMovement(int channel, boolean follows, FloatBuffer features) {
        double shift = frames[channel].location() - previousLocations[channel];
        putMovement(follows, shift, previousScales[channel], frames[channel].scale(), features);
    }

    /**
     * Writes how a frame moved since the token before; 0 if either frame is unknown.
     *
     * @param shift of the location
     * @param before the scale of the token before; 0 if it had no frame
     * @param now the scale; 0 if there is no frame
     */
    static void putMovement(
            boolean follows, double shift, double before, double now, FloatBuffer features) {
        boolean moved = follows && before > 0 && now > 0;
        features.put(moved ? bounded(shift / now) : 0f);
        features.put(moved ? bounded(Math.log(now / before)) : 0f);
    }

    /**
     * Writes the frames of the N tokens, oldest first. Location and scale are 0 for absent tokens
     * and for channels without a frame.
     *
     * @param location N x C locations
     * @param scale N x C scales
     */
    public void frames(SeriesContext context, double[] location, double[] scale) {
        begin(context);
        for (int token = 0; token < tokens; token++) {
            replayPatch(context, end(context, token));
            for (int channel = 0; channel < channels; channel++) {
                location[token * channels + channel] = frames[channel].location();
                scale[token * channels + channel] = frames[channel].scale();
            }
        }
    }

    /** Number of features of a token besides its values. */
    public int features() {
        return features;
    }

    private void begin(SeriesContext context) {
        context.readAll();
        if (context.ringTicks() != spec.ringTicks() || context.channels() != channels) {
            throw new IllegalArgumentException(
                    ("the ring of the context has %d ticks of %d channels; the model expects %d of"
                                    + " %d")
                            .formatted(
                                    context.ringTicks(),
                                    context.channels(),
                                    spec.ringTicks(),
                                    channels));
        }
        long before = context.headTick() - spec.contextLength();
        int block = spec.normalisation().blockTicks();
        for (int channel = 0; channel < channels; channel++) {
            frames[channel].replay(context, channel, RunningFrame.start(before, block), before);
        }
    }

    private long end(SeriesContext context, int token) {
        return context.headTick() - (long) (tokens - 1 - token) * patchLength;
    }

    /** Loads the patch that ends at a tick and updates the frames with it. */
    private void replayPatch(SeriesContext context, long end) {
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < patchLength; i++) {
                long tick = end - patchLength + 1 + i;
                double value = context.valueAt(tick, channel);
                patch[channel * patchLength + i] = value;
                frames[channel].add(value);
            }
        }
    }

    /**
     * A value in its token's frame; NaN, which is encoded as missing, if the value is missing or an
     * outlier.
     *
     * @param scale 0 if there is no frame
     */
    static float normalised(double value, double location, double scale) {
        double deviation = value - location;
        return Math.abs(deviation) <= LARGEST_VALUE * scale
                ? (float) (deviation / scale)
                : Float.NaN;
    }

    /** A frame's movement as a feature. */
    static float bounded(double movement) {
        return (float) Math.max(-LARGEST_MOVEMENT, Math.min(LARGEST_MOVEMENT, movement));
    }
}
