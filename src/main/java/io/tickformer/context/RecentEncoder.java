package io.tickformer.context;

import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * The last R = K S ticks before a forecast, in the frame of its token, as a seasonal path reads
 * them. A missing tick holds the value one season before it, so that a gap does not pull the
 * forecast towards the location; where no season knows one it holds 0, the location itself.
 * Training and serving both encode here.
 *
 * <p>Not thread-safe: it reuses its scratch space, as it runs once a tick.
 */
public final class RecentEncoder {
    private final int seasonLength;
    private final int seasons;
    private final double[] season;

    public RecentEncoder(SeasonalPath path) {
        this.seasonLength = path.seasonLength();
        this.seasons = path.seasons();
        this.season = new double[seasonLength];
    }

    /**
     * Writes R values at the position of the buffer, oldest first, and moves it on.
     *
     * @param values the value of a tick; NaN where it is missing or there is none
     * @param end the last tick
     */
    public void encode(LongToDoubleFunction values, long end, Frame frame, FloatBuffer recent) {
        Arrays.fill(season, frame.location());
        long tick = end - (long) seasonLength * seasons + 1;
        for (int k = 0; k < seasons; k++) {
            for (int i = 0; i < seasonLength; i++) {
                double value = values.applyAsDouble(tick++);
                if (!Double.isNaN(value)) {
                    season[i] = value;
                }
                recent.put((float) ((season[i] - frame.location()) / frame.scale()));
            }
        }
    }
}
