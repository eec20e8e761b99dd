package io.tickformer.context;

import io.tickformer.spec.ForecastSpec;
import java.nio.FloatBuffer;

/**
 * A context as the N tokens that a network of ours reads. Training and serving both encode here.
 *
 * <p>Token i (oldest first) is the patch of P ticks that ends at tick {@code head - (N - 1 - i) P},
 * normalised in the frame of that tick. One pass replays the ring through the running statistics: P
 * ticks, then the frame, then the patch in that frame. The oldest token's movement is measured from
 * the tick just before the ring, whose statistics the context keeps.
 *
 * <p>Cost: O(T) and one small object a call. Not thread-safe: it reuses its scratch space, as it
 * runs once a tick.
 */
public final class TokenEncoder {
    /** Movements of a frame enter as features within plus and minus this. */
    public static final float LARGEST_MOVEMENT = 8;

    private final ForecastSpec spec;
    private final int tokens;
    private final int patchLength;
    private final int features;
    private final CalendarEncoder calendar;
    private final RunningStatistics statistics;
    private final double[] patch;

    /** An encoder for networks of ours. */
    public TokenEncoder(ForecastSpec spec) {
        this.spec = spec;
        this.tokens = spec.tokens();
        this.patchLength = spec.network().patchLength();
        this.features = spec.tokenFeatures();
        this.calendar = new CalendarEncoder(spec);
        this.statistics = new RunningStatistics(spec.normalisation());
        this.patch = new double[patchLength];
    }

    /**
     * Writes the N tokens at the positions of the buffers, and moves these on.
     *
     * @param values N x P, normalised; 0 where missing
     * @param observed N x P, 1 for a real value, else 0
     * @param features N x C, as {@link ForecastSpec#tokenFeatures()} says: movement of location and
     *     of log scale since the token before, then sine and cosine of each cycle of the calendar
     *     at the start of the token's last tick; movements are 0 for the first token of a series
     * @param present N, 1 unless the token ends before the first tick
     * @return the frame of the last token, in which the forecast comes out
     */
    public Frame encode(
            SeriesContext context,
            FloatBuffer values,
            FloatBuffer observed,
            FloatBuffer features,
            FloatBuffer present) {
        begin(context);
        long firstTick = context.firstTick();
        for (int token = 0; token < tokens; token++) {
            long end = end(context, token);
            // Of the tick P before this token's end, which is the end of the token before it.
            double previousLocation = statistics.location();
            double previousScale = statistics.scale();
            replayPatch(context, end);
            double location = statistics.location();
            double scale = statistics.scale();
            for (int i = 0; i < patchLength; i++) {
                boolean real = !Double.isNaN(patch[i]);
                values.put(real ? (float) ((patch[i] - location) / scale) : 0f);
                observed.put(real ? 1f : 0f);
            }
            boolean moved = end - patchLength >= firstTick;
            features.put(moved ? bounded((location - previousLocation) / scale) : 0f);
            features.put(moved ? bounded(Math.log(scale / previousScale)) : 0f);
            calendar.put(end, features);
            present.put(end >= firstTick ? 1f : 0f);
        }
        return statistics.frame();
    }

    /**
     * Writes the frames of the N tokens, oldest first; those of absent tokens are 0 and the floor
     * of the scale.
     *
     * @param location N locations
     * @param scale N scales
     */
    public void frames(SeriesContext context, double[] location, double[] scale) {
        begin(context);
        for (int token = 0; token < tokens; token++) {
            replayPatch(context, end(context, token));
            location[token] = statistics.location();
            scale[token] = statistics.scale();
        }
    }

    /** Features a token carries beside its patch, C. */
    public int features() {
        return features;
    }

    private void begin(SeriesContext context) {
        if (context.contextLength() != spec.contextLength()
                || !context.normalisation().equals(spec.normalisation())) {
            throw new IllegalArgumentException(
                    "the context has %d ticks and %s; the model expects %d and %s"
                            .formatted(
                                    context.contextLength(),
                                    context.normalisation(),
                                    spec.contextLength(),
                                    spec.normalisation()));
        }
        context.copyStatisticsBefore(statistics);
    }

    private long end(SeriesContext context, int token) {
        return context.headTick() - (long) (tokens - 1 - token) * patchLength;
    }

    /** Loads the patch that ends at a tick and takes it into the statistics. */
    private void replayPatch(SeriesContext context, long end) {
        long firstTick = context.firstTick();
        for (int i = 0; i < patchLength; i++) {
            long tick = end - patchLength + 1 + i;
            patch[i] = context.valueAt(tick);
            // Ticks before the first are not missing ticks of the series: they never were.
            if (tick >= firstTick) {
                statistics.add(patch[i]);
            }
        }
    }

    /** A movement of a frame as a feature. */
    static float bounded(double movement) {
        return (float) Math.max(-LARGEST_MOVEMENT, Math.min(LARGEST_MOVEMENT, movement));
    }
}
