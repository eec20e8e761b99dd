package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A context as the N tokens that a network of ours reads. Training and serving both encode here.
 *
 * <p>Token i (oldest first) is the patch of P ticks of each of C channels that ends at tick {@code
 * head - (N - 1 - i) P}, normalised in the channel's frame at that tick. One pass replays the ring
 * through the running statistics: P ticks, then the frames, then the patch in those frames. The
 * oldest token's movement is measured from the tick just before the ring, whose statistics the
 * context keeps.
 *
 * <p>Cost: O(T C) and C small objects a call. Not thread-safe: it reuses its scratch space, as it
 * runs once a tick.
 */
public final class TokenEncoder {
    /** Movements of a frame enter as features within plus and minus this. */
    public static final float LARGEST_MOVEMENT = 8;

    private final ForecastSpec spec;
    private final int tokens;
    private final int patchLength;
    private final int channels;
    private final int features;
    private final CalendarEncoder calendar;
    private final RunningStatistics[] statistics; // C
    private final RunningStatistics[] previous; // C, as they stood at the end of the token before
    private final double[] patch; // C x P

    /** An encoder for networks of ours. */
    public TokenEncoder(ForecastSpec spec) {
        this.spec = spec;
        this.tokens = spec.tokens();
        this.patchLength = spec.network().patchLength();
        this.channels = spec.channelCount();
        this.features = spec.tokenFeatures();
        this.calendar = new CalendarEncoder(spec);
        this.statistics = statistics();
        this.previous = statistics();
        this.patch = new double[spec.tokenValues()];
    }

    private RunningStatistics[] statistics() {
        RunningStatistics[] ofChannel = new RunningStatistics[channels];
        Arrays.setAll(ofChannel, channel -> new RunningStatistics(spec.normalisation()));
        return ofChannel;
    }

    /**
     * Writes the N tokens at the positions of the buffers, and moves these on.
     *
     * @param values N x C P, normalised, channel after channel; 0 where missing
     * @param observed N x C P, 1 for a real value, else 0
     * @param features N x as many as {@link ForecastSpec#tokenFeatures()} says: for each channel
     *     the movement of its location and of its log scale since the token before, then sine and
     *     cosine of each cycle of the calendar at the start of the token's last tick; movements are
     *     0 for the first token of a series
     * @param present N, 1 unless the token ends before the first tick
     * @return for each channel the frame of the last token, in which its forecast comes out
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
                previous[channel].set(statistics[channel]);
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
        List<Frame> frames = new ArrayList<>(channels);
        for (RunningStatistics ofChannel : statistics) {
            frames.add(ofChannel.frame());
        }
        return frames;
    }

    private void putPatch(int channel, FloatBuffer values, FloatBuffer observed) {
        double location = statistics[channel].location();
        double scale = statistics[channel].scale();
        for (int i = channel * patchLength; i < (channel + 1) * patchLength; i++) {
            boolean real = !Double.isNaN(patch[i]);
            values.put(real ? (float) ((patch[i] - location) / scale) : 0f);
            observed.put(real ? 1f : 0f);
        }
    }

    /** From the end of the token before; a channel that had no value by then has not moved. */
    private void putMovement(int channel, boolean follows, FloatBuffer features) {
        RunningStatistics now = statistics[channel];
        RunningStatistics then = previous[channel];
        double scale = now.scale();
        boolean moved = follows && then.isKnown();
        features.put(moved ? bounded((now.location() - then.location()) / scale) : 0f);
        features.put(moved ? bounded(Math.log(scale / then.scale())) : 0f);
    }

    /**
     * Writes the frames of the N tokens, oldest first; those of absent tokens, and of a channel
     * that has no value yet, are 0 and the floor of the scale.
     *
     * @param location N x C locations
     * @param scale N x C scales
     */
    public void frames(SeriesContext context, double[] location, double[] scale) {
        begin(context);
        for (int token = 0; token < tokens; token++) {
            replayPatch(context, end(context, token));
            for (int channel = 0; channel < channels; channel++) {
                location[token * channels + channel] = statistics[channel].location();
                scale[token * channels + channel] = statistics[channel].scale();
            }
        }
    }

    /** Features a token carries beside its values. */
    public int features() {
        return features;
    }

    private void begin(SeriesContext context) {
        if (context.contextLength() != spec.contextLength()
                || context.channels() != channels
                || !context.normalisation().equals(spec.normalisation())) {
            throw new IllegalArgumentException(
                    ("the context has %d ticks, %d channels and %s; the model expects %d, %d and"
                                    + " %s")
                            .formatted(
                                    context.contextLength(),
                                    context.channels(),
                                    context.normalisation(),
                                    spec.contextLength(),
                                    channels,
                                    spec.normalisation()));
        }
        for (int channel = 0; channel < channels; channel++) {
            context.copyStatisticsBefore(channel, statistics[channel]);
        }
    }

    private long end(SeriesContext context, int token) {
        return context.headTick() - (long) (tokens - 1 - token) * patchLength;
    }

    /** Loads the patch that ends at a tick and takes it into the statistics. */
    private void replayPatch(SeriesContext context, long end) {
        long firstTick = context.firstTick();
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < patchLength; i++) {
                long tick = end - patchLength + 1 + i;
                double value = context.valueAt(tick, channel);
                patch[channel * patchLength + i] = value;
                // Ticks before the first are not missing ticks of the series: they never were.
                if (tick >= firstTick) {
                    statistics[channel].add(value);
                }
            }
        }
    }

    /** A movement of a frame as a feature. */
    static float bounded(double movement) {
        return (float) Math.max(-LARGEST_MOVEMENT, Math.min(LARGEST_MOVEMENT, movement));
    }
}
