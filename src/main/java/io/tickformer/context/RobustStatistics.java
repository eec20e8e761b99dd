package io.tickformer.context;

import java.util.Arrays;

/**
 * Computes location and scale of one series at each tick: an exponentially weighted mean and
 * standard deviation that are robust to outliers and follow a lasting change at once.
 *
 * <p><b>Clipping.</b> A deviation is clipped to {@code LIMIT} scales or, if that is more, to the
 * largest but {@code 2 + n/50} of the n deviations so far. A deviation beyond the limit is held
 * back until a value within the limit follows, so that the first values of a new level change
 * nothing. As a result, one reading in a hundred is an outlier whatever its size, and values that
 * recur more often than once in forty ticks, such as rare demand, contribute to the scale.
 *
 * <p><b>Restart.</b> {@code RUN} consecutive values beyond the limit on one side are a new level,
 * and so are {@code LEANING} consecutive values beyond {@code LEAN} scales. The location becomes
 * their median. If more than one value in three is beyond the limit for a while, the spread is new.
 * The scale becomes the median distance of the last of them. After a restart, all earlier ticks
 * together weigh as much as a few ticks.
 *
 * <p><b>Return.</b> A change that soon passes was a fault. Location, scale and weight are then
 * restored to what they were before the restart. There are two signs of it: the level returns to
 * the one before; or, after a burst of absurd values has made the scale more than {@code WIDER}
 * times as large, {@code RUN} values in a row lie where values lay before. The second sign is
 * needed because next to so large a scale no later value is beyond the limit.
 *
 * <p><b>Beginning.</b> For the first {@code BEGINNING} values there is no scale to clip by. They
 * are stored, and clipped by their own median and the median distance from it. If more than two of
 * them lie apart from the others, the beginning goes on with the newest values until they lie
 * together: something has changed or failed among them. What still lies apart after {@code
 * LONGEST_BEGINNING} values is how the series is.
 *
 * <p>The value observed k ticks ago weighs {@code 2^(-k/halfLife)}; the sums follow D. H. D. West,
 * "Updating mean and variance estimates: an improved method" (CACM 1979), with decaying weights.
 * All comparisons are relative to the scale, so another unit or zero point changes nothing. Only a
 * spread below the resolution of doubles counts as none.
 *
 * <p>The sequence of double operations is fixed: replaying the same ticks gives the same bits.
 * Mutable and not thread-safe: it runs once per tick.
 */
final class RobustStatistics {
    private static final double LIMIT = 5;
    private static final int RUN = 5;

    /** Distance in scales beyond which values lean to one side. */
    private static final double LEAN = 3.25;

    /** The number of consecutive leaning values that are a new level. */
    private static final int LEANING = 20;

    /** How much a value within the limit reduces the count of values beyond it. */
    private static final double RELIEF = 0.5;

    private static final int BEGINNING = 24;

    /** Values after which a beginning ends, whatever they are. */
    private static final int LONGEST_BEGINNING = 96;

    /** How many times farther than the others a value of the beginning is that lies apart. */
    private static final double GAP = 8;

    /** The weight, in ticks, of everything before a restart. */
    private static final double WEIGHT_BEFORE = 16;

    /** A level that returns within so many values is restored. */
    private static final int SOON = 96;

    /** Largest distance in scales at which two levels are the same. */
    private static final double SAME_LEVEL = 3;

    /** A scale so many times larger than the one before the restart is much wider. */
    private static final double WIDER = 16;

    private static final int LARGEST = 16;

    /** One value in so many, and two more, may be outliers. */
    private static final int OUTLIERS_IN = 50;

    /** The median distance from the median of a normal distribution, in standard deviations. */
    private static final double MEDIAN_DISTANCE = 0.6745;

    /** A spread below this share of the location's magnitude is a rounding error. */
    private static final double ROUNDING = 1e-12;

    /** The scale is never zero, even for a series of zeros. */
    private static final double SMALLEST_SCALE = 1e-300;

    /**
     * Below this sum of weights a missing tick decays nothing more. It changes no answer, as only
     * the ratio of the sums is read, but keeps that ratio clear of the subnormal numbers.
     */
    private static final double SMALLEST_WEIGHT = 0x1p-300;

    private final double decay;
    private final double[] beginning = new double[BEGINNING];
    private final double[] sorted = new double[BEGINNING];

    /** The largest distances so far, the largest first. */
    private final double[] largest = new double[LARGEST];

    /** Deviations in a row beyond the limit on one side. */
    private final double[] run = new double[RUN];

    /** The last distances beyond the limit, one in the place of the oldest. */
    private final double[] beyond = new double[RUN];

    /** Values in a row that lean to one side of the location before them. */
    private final double[] leaning = new double[LEANING];

    private int observed;
    private boolean begun;

    /** Whether the sums lack the newest values of the beginning. */
    private boolean behind;

    private int held;
    private int leaningLength;
    private int runLength;
    private int beyondCount;
    private double pressure;
    private double weight;
    private double mean;
    private double squares;

    // The sums before the first leaning value.
    private double straightWeight;
    private double straightMean;
    private double straightSquares;

    // The sums before the newest restart. If a restart soon follows one that made the scale much
    // larger, the sums before that one.
    private int left;
    private int returned; // values in a row that lie where values lay then
    private double leftWeight;
    private double leftMean;
    private double leftSquares;

    RobustStatistics(double halfLifeTicks) {
        decay = Math.pow(2, -1 / halfLifeTicks);
    }

    /** Takes one tick: a finite value, or NaN where the tick is missing. */
    void add(double value) {
        if (Double.isNaN(value)) {
            catchUp();
            if (weight >= SMALLEST_WEIGHT) {
                weight *= decay;
                squares *= decay;
            }
            return;
        }
        observed++;
        if (!begun) {
            beginning[(observed - 1) % BEGINNING] = value;
            behind = true;
            if (observed >= BEGINNING && (isOneLevel() || observed >= LONGEST_BEGINNING)) {
                summarise();
                begun = true;
            }
            return;
        }
        if (returns(value)) {
            comeBack();
            held = 0;
            return;
        }
        if (leans(value)) {
            startLeaningLevel();
            return;
        }
        double deviation = value - mean;
        double limit = limit();
        if (Math.abs(deviation) <= limit) {
            pressure = Math.max(0, pressure - RELIEF);
            endRun(limit);
            take(value - mean, limit);
            return;
        }
        if (runLength > 0 && deviation > 0 != run[0] > 0) {
            endRun(limit);
        }
        // Stored until it is known whether it is an outlier or a new level.
        run[runLength++] = deviation;
        beyond[beyondCount++ % RUN] = Math.abs(deviation);
        pressure++;
        if (runLength == RUN) {
            System.arraycopy(run, 0, sorted, 0, RUN);
            startLevel(RUN);
        } else if (pressure >= RUN) {
            startSpread();
        }
    }

    /** Whether this value, with those before it, shows that a much wider spread has passed. */
    private boolean returns(double value) {
        boolean isBack =
                isSoon() && isMuchWider() && Math.abs(value - leftMean) <= LEAN * leftScale();
        returned = isBack ? returned + 1 : 0;
        return returned == RUN;
    }

    private boolean isSoon() {
        return left != 0 && observed - left <= SOON;
    }

    private boolean isMuchWider() {
        return scale() > WIDER * leftScale();
    }

    private double leftScale() {
        return scale(leftWeight, leftMean, leftSquares);
    }

    /** Whether this is the last of so many values in a row on one side that they are a level. */
    private boolean leans(double value) {
        if (leaningLength > 0 && !leansFrom(straightMean, straightScale(), value)) {
            leaningLength = 0;
        }
        if (leaningLength == 0) {
            if (Math.abs(value - mean) <= LEAN * scale()) {
                return false;
            }
            straightWeight = weight;
            straightMean = mean;
            straightSquares = squares;
        }
        leaning[leaningLength++] = value;
        return leaningLength == LEANING;
    }

    private boolean leansFrom(double location, double scale, double value) {
        double distance = value - location;
        return Math.abs(distance) > LEAN * scale && distance > 0 == leaning[0] > location;
    }

    private double straightScale() {
        return scale(straightWeight, straightMean, straightSquares);
    }

    private void startLeaningLevel() {
        weight = straightWeight;
        mean = straightMean;
        squares = straightSquares;
        for (int i = 0; i < LEANING; i++) {
            sorted[i] = leaning[i] - mean;
        }
        startLevel(LEANING);
    }

    /** Takes values beyond the limit that were not the beginning of another level. */
    private void endRun(double limit) {
        for (int i = 0; i < runLength; i++) {
            take(run[i], limit);
        }
        runLength = 0;
    }

    /** Takes a deviation into the sums, clipped. */
    private void take(double deviation, double limit) {
        hold(Math.abs(deviation));
        double clipped = Math.max(-limit, Math.min(limit, deviation));
        weight = decay * weight + 1;
        double step = clipped / weight;
        mean += step;
        squares = decay * squares + clipped * (clipped - step);
    }

    /** The farthest that a deviation counts. */
    private double limit() {
        int outliers = Math.min(LARGEST - 1, 2 + observed / OUTLIERS_IN);
        double usual = outliers < held ? largest[outliers] : 0;
        return Math.max(usual, LIMIT * scale());
    }

    private void hold(double distance) {
        if (held == LARGEST && distance <= largest[LARGEST - 1]) {
            return;
        }
        int place = held < LARGEST ? held++ : LARGEST - 1;
        while (place > 0 && largest[place - 1] < distance) {
            largest[place] = largest[place - 1];
            place--;
        }
        largest[place] = distance;
    }

    /** Goes to the level of the first n deviations of {@code sorted}. */
    private void startLevel(int n) {
        Arrays.sort(sorted, 0, n);
        double middle = median(n);
        if (isReturn(mean + middle)) {
            comeBack();
            return;
        }
        leave();
        mean += middle;
        restart(Math.max(scale(), medianDistance(n, middle)));
    }

    private void startSpread() {
        System.arraycopy(beyond, 0, sorted, 0, RUN);
        Arrays.sort(sorted, 0, RUN);
        leave();
        held = 0;
        restart(Math.max(scale(), sorted[RUN / 2]));
    }

    private void restart(double spread) {
        weight = Math.min(WEIGHT_BEFORE, weight);
        squares = weight * spread * spread;
        runLength = 0;
        leaningLength = 0;
        pressure = 0;
    }

    private void leave() {
        if (isSoon() && isMuchWider()) {
            return;
        }
        left = observed;
        leftWeight = weight;
        leftMean = mean;
        leftSquares = squares;
    }

    private boolean isReturn(double level) {
        return isSoon() && Math.abs(level - leftMean) <= SAME_LEVEL * leftScale();
    }

    private void comeBack() {
        weight = leftWeight;
        mean = leftMean;
        squares = leftSquares;
        runLength = 0;
        leaningLength = 0;
        pressure = 0;
        left = 0;
        returned = 0;
    }

    /** Of the first n sorted values, in standard deviations; spoils the order. */
    private double medianDistance(int n, double middle) {
        for (int i = 0; i < n; i++) {
            sorted[i] = Math.abs(sorted[i] - middle);
        }
        Arrays.sort(sorted, 0, n);
        return median(n) / MEDIAN_DISTANCE;
    }

    private double median(int n) {
        // Halves first: the sum of two values may be beyond all doubles.
        return n % 2 == 1 ? sorted[n / 2] : 0.5 * sorted[n / 2 - 1] + 0.5 * sorted[n / 2];
    }

    /**
     * Brings the sums of the beginning up to date. Only when they are needed: they replace all
     * earlier ones, and a replay reads few of its ticks.
     */
    private void catchUp() {
        if (behind) {
            summarise();
        }
    }

    /** Location and scale of the newest values, while there is no scale to clip them by. */
    private void summarise() {
        behind = false;
        int n = Math.min(observed, BEGINNING);
        int outliers = outliers(n);
        System.arraycopy(beginning, 0, sorted, 0, n);
        Arrays.sort(sorted, 0, n);
        double middle = median(n);
        double spread = medianDistance(n, middle);
        double limit = Math.max(LIMIT * spread, sorted[n - 1 - outliers]);
        double sum = 0;
        double sumOfSquares = 0;
        for (int i = 0; i < n; i++) {
            double clipped = Math.max(-limit, Math.min(limit, beginning[i] - middle));
            sum += clipped;
            sumOfSquares += clipped * clipped;
        }
        double shift = sum / n;
        mean = middle + shift;
        weight = (1 - Math.pow(decay, n)) / (1 - decay);
        squares = weight * Math.max(0, sumOfSquares / n - shift * shift);
        held = Math.min(n, LARGEST);
        for (int i = 0; i < held; i++) {
            largest[i] = sorted[n - 1 - i];
        }
    }

    /** How many of the first n values may lie apart from the others. */
    private static int outliers(int n) {
        // Of three values nobody knows which is the outlier.
        return n < 4 ? 0 : n < 2 * RUN ? 1 : 2;
    }

    /**
     * Whether the values of the beginning, but for some outliers, lie together. They do not if a
     * level ends or a sensor fails among them: a few zeros of a register whose level is a million
     * times its spread would then be its spread.
     */
    private boolean isOneLevel() {
        int outliers = outliers(BEGINNING);
        // By two of the values and not by their mean: each half may be a level.
        return apart((BEGINNING - 1) / 2) <= outliers && apart(BEGINNING / 2) <= outliers;
    }

    /** Counts values behind a gap, by their distance from the value of the given rank. */
    private int apart(int rank) {
        System.arraycopy(beginning, 0, sorted, 0, BEGINNING);
        Arrays.sort(sorted);
        double center = sorted[rank];
        for (int i = 0; i < BEGINNING; i++) {
            sorted[i] = Math.abs(sorted[i] - center);
        }
        Arrays.sort(sorted);
        for (int i = (BEGINNING - 1) / 2; i < BEGINNING - 1; i++) {
            if (sorted[i] > 0 && sorted[i + 1] > GAP * sorted[i]) {
                return BEGINNING - 1 - i;
            }
        }
        return 0;
    }

    /** The weighted mean; 0 before the first observed tick. */
    double location() {
        catchUp();
        return mean;
    }

    /** The weighted standard deviation; 0 before the first observed tick. */
    double scale() {
        if (observed == 0) {
            return 0;
        }
        catchUp();
        return scale(weight, mean, squares);
    }

    private static double scale(double weight, double mean, double squares) {
        // Where the weights before the last value have all but gone, rounding leaves a sum of
        // squares that may lie below zero.
        double deviation = squares > 0 ? Math.sqrt(squares / weight) : 0;
        return Math.max(deviation, Math.max(ROUNDING * Math.abs(mean), SMALLEST_SCALE));
    }

    /** Observed ticks so far. */
    int observed() {
        return observed;
    }

    /** Whether there were enough values for a location and a scale of their own. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether any tick was observed. */
    boolean isKnown() {
        return observed > 0;
    }

    /** Forgets every tick. */
    void reset() {
        observed = 0;
        begun = false;
        behind = false;
        held = 0;
        leaningLength = 0;
        runLength = 0;
        beyondCount = 0;
        pressure = 0;
        left = 0;
        returned = 0;
        weight = 0;
        mean = 0;
        squares = 0;
    }
}
