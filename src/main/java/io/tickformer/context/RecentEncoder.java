package io.tickformer.context;

import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.function.LongToDoubleFunction;

/**
 * The last R = K S ticks before a forecast, in the frame of its token, as a seasonal path reads
 * them. A missing tick holds the value one season before it, or of the first season after it that
 * knows one: neither a gap nor a series that has only begun pulls the forecast towards the
 * location. Where no season knows one it holds 0, the location itself. Training and serving both
 * encode here.
 *
 * <p>Not thread-safe: it reuses its scratch space, as it runs once a tick.
 */
public final class RecentEncoder {
    /** Ticks of another world than the frame's enter as this many scales at most. */
    private static final double LARGEST = 32;

    private final int seasonLength;
    private final double[] ticks;
    private final float[] normalised;

    public RecentEncoder(SeasonalPath path) {
        this.seasonLength = path.seasonLength();
        this.ticks = new double[(int) path.recentTicks()];
        this.normalised = new float[ticks.length];
    }

    /**
     * Writes R values at the position of the buffer, oldest first, and moves it on.
     *
     * @param values the value of a tick; NaN where it is missing or there is none
     * @param end the last tick
     */
    public void encode(LongToDoubleFunction values, long end, Frame frame, FloatBuffer recent) {
        long first = end - ticks.length + 1;
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = values.applyAsDouble(first + i);
        }
        put(frame, recent);
    }

    /** As the other, of the newest ticks of a channel of a context. */
    public void encode(SeriesContext context, int channel, Frame frame, FloatBuffer recent) {
        context.copyNewest(channel, ticks);
        put(frame, recent);
    }

    private void put(Frame frame, FloatBuffer recent) {
        for (int i = seasonLength; i < ticks.length; i++) {
            ticks[i] = Double.isNaN(ticks[i]) ? ticks[i - seasonLength] : ticks[i];
        }
        // What is still missing has no season before it that knows a value.
        for (int i = ticks.length - seasonLength - 1; i >= 0; i--) {
            ticks[i] = Double.isNaN(ticks[i]) ? ticks[i + seasonLength] : ticks[i];
        }
        double location = frame.location();
        double scale = frame.scale();
        for (int i = 0; i < ticks.length; i++) {
            boolean known = scale > 0 && !Double.isNaN(ticks[i]);
            normalised[i] = known ? bounded((ticks[i] - location) / scale) : 0f;
        }
        recent.put(normalised);
    }

    private static float bounded(double value) {
        return (float) Math.max(-LARGEST, Math.min(LARGEST, value));
    }
}
