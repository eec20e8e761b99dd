package io.tickformer.context;

import io.tickformer.spec.SeasonalPath;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.LongToDoubleFunction;

/**
 * The last R = K S ticks before a forecast, in the frame of its token, as a seasonal path reads
 * them. Training and serving both encode here.
 *
 * <p><b>Older levels.</b> Going back from the head, five ticks in a row beyond six scales on one
 * side are a level that the series has left, and so are twelve beyond three if most ticks of the
 * season that ends with them are: they and everything before them move by the median difference to
 * the next later ticks of the same place in the season.
 *
 * <p><b>Outliers and gaps.</b> What is still beyond six scales is an outlier and counts as missing.
 * A missing tick holds the value one season before it, or of the first season after it that knows
 * one: neither a gap nor a series that has only begun pulls the forecast towards the location.
 * Where no season knows one it holds 0, the location itself.
 *
 * <p>Not thread-safe: it reuses its scratch space, as it runs once a tick.
 */
public final class RecentEncoder {
    private static final int RUN = 5;

    /** Ticks in a row beyond half of that are a level, too. */
    private static final int LEANING = 12;

    /** Levels that are followed back; what lies before them is outliers. */
    private static final int MOST_LEVELS = 4;

    private final int seasonLength;
    private final double[] ticks;
    private final double[] differences; // S
    private final float[] normalised;

    public RecentEncoder(SeasonalPath path) {
        this.seasonLength = path.seasonLength();
        this.ticks = new double[(int) path.recentTicks()];
        this.differences = new double[seasonLength];
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
        // What is still missing has no season before it that knows a value.
        for (int i = ticks.length - seasonLength - 1; i >= 0; i--) {
            ticks[i] = Double.isNaN(ticks[i]) ? ticks[i + seasonLength] : ticks[i];
        }
        for (int i = 0; i < ticks.length; i++) {
            boolean known = frame.isKnown() && !Double.isNaN(ticks[i]);
            normalised[i] = known ? (float) (ticks[i] / frame.scale()) : 0f;
        }
        recent.put(normalised);
    }

    /** Moves older levels to that of the newest ticks. */
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

    /** Whether most ticks of the season that ends with a run lie where the run does. */
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

    /** Ticks in a row, the newest first, that lie beyond a limit on one side. */
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

        /** Takes the tick before, and says whether there are enough to be a level. */
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

    /** Moves the ticks up to one by the median difference to the later ones of the same phase. */
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

    /** The median of the newest ticks up to one. */
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
