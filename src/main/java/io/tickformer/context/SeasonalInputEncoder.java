package io.tickformer.context;

import io.tickformer.annotation.Internal;
import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * Encodes the last R = K S ticks (K seasons of S ticks) before a forecast, in the frame of its
 * token, for a network with a seasonal path. Training and serving both use it.
 *
 * <p><b>Level shifts.</b> Going back from the head, five consecutive ticks more than six scales
 * away on one side are an older level of the series. So are twelve consecutive ticks more than
 * three scales away, if most ticks of the season that ends with them are. These ticks and all
 * before them are shifted by the median difference to the next later ticks of the same phase of the
 * season.
 *
 * <p><b>Outliers and gaps.</b> A value that is still more than six scales away is an outlier and
 * counts as missing. A missing tick takes the value of one season earlier, or else of the next
 * later season that has one. So neither a gap nor a short history pulls the forecast towards the
 * location. If no season has a value, the tick is 0, which is the location.
 *
 * <p>Not thread-safe: it reuses its arrays, as it runs once per tick.
 */
@Internal
public final class SeasonalInputEncoder {
    private static final int RUN = 5;

    /** So many consecutive ticks beyond half the limit are a level, too. */
    private static final int LEANING = 12;

    /** The number of level shifts that are corrected; ticks before them are outliers. */
    private static final int MOST_LEVELS = 4;

    private final int seasonLength;
    private final double[] ticks;
    private final double[] differences; // S
    private final float[] normalised;

    public SeasonalInputEncoder(SeasonalPath path) {
        this.seasonLength = path.seasonLength();
        this.ticks = new double[(int) path.recentTicks()];
        this.differences = new double[seasonLength];
        this.normalised = new float[ticks.length];
    }

    /**
     * Writes R values at the position of the buffer, oldest first, and advances it.
     *
     * @param values the value of a tick; NaN where it is missing
     * @param end the last tick
     */
    public void encode(LongToDoubleFunction values, long end, Frame frame, FloatBuffer recent) {
        long first = end - ticks.length + 1;
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = values.applyAsDouble(first + i);
        }
        put(frame, recent);
    }

    /** Writes the newest ticks of a channel of a context, as above. */
    public void encode(SeriesContext context, int channel, Frame frame, FloatBuffer recent) {
        context.copyNewest(channel, ticks);
        put(frame, recent);
    }

    private void put(Frame frame, FloatBuffer recent) {
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] -= frame.location();
        }
        double limit = TokenEncoder.LARGEST_VALUE * frame.scale();
        followLevels(limit);
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = Math.abs(ticks[i]) <= limit ? ticks[i] : Double.NaN;
        }
        for (int i = seasonLength; i < ticks.length; i++) {
            ticks[i] = Double.isNaN(ticks[i]) ? ticks[i - seasonLength] : ticks[i];
        }
        // The ticks that are still missing have no value in any earlier season.
        for (int i = ticks.length - seasonLength - 1; i >= 0; i--) {
            ticks[i] = Double.isNaN(ticks[i]) ? ticks[i + seasonLength] : ticks[i];
        }
        for (int i = 0; i < ticks.length; i++) {
            boolean known = frame.isKnown() && !Double.isNaN(ticks[i]);
            normalised[i] = known ? (float) (ticks[i] / frame.scale()) : 0f;
        }
        recent.put(normalised);
    }

    /** Shifts older levels to that of the newest ticks. */
    private void followLevels(double limit) {
        Run far = new Run(limit, RUN);
        Run leaning = new Run(limit / 2, LEANING);
        int levels = 0;
        for (int i = ticks.length - 1; i >= 0 && levels < MOST_LEVELS; i--) {
            if (Double.isNaN(ticks[i])) {
                continue;
            }
            boolean isFar = far.isLevel(ticks[i], i);
            boolean isLeaning = leaning.isLevel(ticks[i], i) && isLevelOfSeason(leaning);
            if (isFar || isLeaning) {
                int newest = isLeaning ? leaning.newest : far.newest;
                move(newest);
                levels++;
                far.length = 0;
                leaning.length = 0;
                i = newest + 1;
            }
        }
    }

    /** Whether most ticks of the season that ends with a run are beyond its limit, too. */
    private boolean isLevelOfSeason(Run run) {
        int known = 0;
        int beyond = 0;
        for (int i = run.newest; i >= 0 && known < Math.max(seasonLength, LEANING); i--) {
            if (!Double.isNaN(ticks[i])) {
                known++;
                beyond += run.side * ticks[i] > run.limit ? 1 : 0;
            }
        }
        return 2 * beyond > known;
    }

    /** Consecutive ticks, the newest first, that are beyond a limit on one side. */
    private static final class Run {
        private final double limit;
        private final int enough;
        private int length;
        private int newest;
        private double side;

        Run(double limit, int enough) {
            this.limit = limit;
            this.enough = enough;
        }

        /** Takes the next older tick, and returns whether the run is long enough to be a level. */
        boolean isLevel(double value, int place) {
            if (Math.abs(value) <= limit) {
                length = 0;
                return false;
            }
            if (length == 0 || Math.signum(value) != side) {
                newest = place;
                side = Math.signum(value);
                length = 0;
            }
            length++;
            return length == enough;
        }
    }

    /** Shifts the ticks up to {@code last} by the median difference to later ones in phase. */
    private void move(int last) {
        int count = 0;
        for (int i = last; i >= 0 && i > last - seasonLength; i--) {
            int later = i + seasonLength;
            while (later < ticks.length && Double.isNaN(ticks[later])) {
                later += seasonLength;
            }
            if (later < ticks.length && !Double.isNaN(ticks[i])) {
                differences[count++] = ticks[later] - ticks[i];
            }
        }
        double shift;
        if (count == 0) {
            shift = -medianOfRun(last);
        } else {
            Arrays.sort(differences, 0, count);
            shift = differences[count / 2];
        }
        for (int i = 0; i <= last; i++) {
            ticks[i] += shift;
        }
    }

    /** The median of the newest observed ticks up to {@code last}. */
    private double medianOfRun(int last) {
        double[] newest = new double[RUN];
        int count = 0;
        for (int i = last; i >= 0 && count < RUN; i--) {
            if (!Double.isNaN(ticks[i])) {
                newest[count++] = ticks[i];
            }
        }
        Arrays.sort(newest, 0, count);
        return newest[count / 2];
    }
}
