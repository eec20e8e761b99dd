package io.tickformer.feedback.score;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.Intervals;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The scores of the published forecasts of one series by scored step, beside those of naive and
 * seasonal naive: of recent targets, where the weight of a target halves every {@value
 * #HALF_LIFE_TICKS} ticks, and of all targets.
 *
 * <p>A target whose value is revised is taken out with the old value and added with the new one.
 * Mutable and not thread-safe. It holds sums only, so its size is fixed.
 */
@Internal
public final class RollingScores {
    /** Half-life of the weight of a target among the recent ones. */
    public static final int HALF_LIFE_TICKS = 256;

    private static final double DECAY = Math.pow(0.5, 1.0 / HALF_LIFE_TICKS);

    // Sums of a step: weight, absolute error, pinball loss, weight and error of naive, weight and
    // error of seasonal naive, covered targets of each interval.
    private static final int ERROR = 1;
    private static final int PINBALL = 2;
    private static final int NAIVE = 3;
    private static final int SEASONAL = 5;
    private static final int COVERED = 7;

    private final double[] levels;
    private final int middle;
    private final Intervals intervals;
    private final int fields;
    private final double[] recent; // steps x fields
    private final double[] total; // steps x fields

    /** No targets yet, of forecasts of a shape. */
    public RollingScores(FeedbackShape shape) {
        this.levels = shape.quantileLevels();
        this.middle = shape.curve().middle();
        this.intervals = shape.intervals();
        this.fields = COVERED + intervals.count();
        this.recent = new double[shape.steps().count() * fields];
        this.total = new double[shape.steps().count() * fields];
    }

    /** The central intervals that coverage is counted for. */
    public Intervals intervals() {
        return intervals;
    }

    /** Size of the binary form. */
    public int bytes() {
        return (recent.length + total.length) * Double.BYTES;
    }

    /**
     * Lets the recent targets of a scored step age.
     *
     * @param ticks since this was last called for the step
     */
    public void age(int step, int ticks) {
        double share = ticks == 1 ? DECAY : Math.pow(DECAY, ticks);
        for (int i = step * fields; i < (step + 1) * fields; i++) {
            recent[i] *= share;
        }
    }

    /** Adds a target of a scored step that has just come due. */
    public void add(int step, ScoredTarget target) {
        add(step, target, 1, 1);
    }

    /**
     * Replaces the value of a target that came due some ticks ago.
     *
     * @param age ticks since the target came due
     * @param before the value that was added; NaN if the tick was missing
     */
    public void revise(int step, ScoredTarget target, int age, double before) {
        double weight = Math.pow(DECAY, age);
        if (!Double.isNaN(before)) {
            add(step, target.withValue(before), -weight, -1);
        }
        add(step, target, weight, 1);
    }

    private void add(int step, ScoredTarget target, double recentWeight, double weight) {
        int at = step * fields;
        double[] quantiles = target.published();
        double value = target.value();
        double error = Math.abs(value - quantiles[middle]);
        addTo(at, recentWeight, weight, 1);
        addTo(at + ERROR, recentWeight, weight, error);
        addTo(at + PINBALL, recentWeight, weight, pinball(quantiles, value));
        addSimple(at + NAIVE, recentWeight, weight, Math.abs(value - target.naive()));
        addSimple(at + SEASONAL, recentWeight, weight, Math.abs(value - target.seasonalNaive()));
        for (int i = 0; i < intervals.count(); i++) {
            boolean covered =
                    value >= quantiles[intervals.lower(i)]
                            && value <= quantiles[intervals.upper(i)];
            addTo(at + COVERED + i, recentWeight, weight, covered ? 1 : 0);
        }
    }

    private void addSimple(int at, double recentWeight, double weight, double error) {
        if (!Double.isNaN(error)) {
            addTo(at, recentWeight, weight, 1);
            addTo(at + 1, recentWeight, weight, error);
        }
    }

    private void addTo(int at, double recentWeight, double weight, double amount) {
        recent[at] += recentWeight * amount;
        total[at] += weight * amount;
    }

    private double pinball(double[] quantiles, double value) {
        double sum = 0;
        for (int i = 0; i < levels.length; i++) {
            double above = value - quantiles[i];
            sum += above >= 0 ? levels[i] * above : (levels[i] - 1) * above;
        }
        return sum / levels.length;
    }

    /**
     * Returns e / (e + n), where e is the mean absolute error of the recent targets of a scored
     * step and n that of naive: below 1/2 if e is the smaller one. NaN if both are zero, and
     * without a target.
     */
    public double recentShareToNaive(int step) {
        return recentShare(step * fields, NAIVE);
    }

    /** The same of seasonal naive. */
    public double recentShareToSeasonalNaive(int step) {
        return recentShare(step * fields, SEASONAL);
    }

    /** One division where means would take three: a series calls it at each tick. */
    private double recentShare(int at, int simple) {
        double own = Math.max(0, recent[at + ERROR]) * recent[at + simple];
        double other = Math.max(0, recent[at + simple + 1]) * recent[at];
        return own + other > 0 ? own / (own + other) : Double.NaN;
    }

    /** The scores of the recent targets of a scored step. */
    public StepMeans recent(int step) {
        return score(recent, step);
    }

    /** The scores of all targets of a scored step. */
    public StepMeans total(int step) {
        return score(total, step);
    }

    private StepMeans score(double[] sums, int step) {
        int at = step * fields;
        double[] coverage = new double[intervals.count()];
        for (int i = 0; i < coverage.length; i++) {
            coverage[i] = Math.min(1, mean(sums, at + COVERED + i, at));
        }
        return new StepMeans(
                Math.max(0, sums[at]),
                mean(sums, at + ERROR, at),
                mean(sums, at + PINBALL, at),
                coverage,
                mean(sums, at + NAIVE + 1, at + NAIVE),
                mean(sums, at + SEASONAL + 1, at + SEASONAL));
    }

    /** A sum by its weight. Taking out a revised value can leave a rounding error below zero. */
    private static double mean(double[] sums, int sum, int weight) {
        return sums[weight] > 0 ? Math.max(0, sums[sum]) / sums[weight] : Double.NaN;
    }

    /** Writes the sums, without a version. */
    public void writeTo(DataOutput out) throws IOException {
        write(recent, out);
        write(total, out);
    }

    /** Reads what {@link #writeTo} wrote for the same shape. */
    public void readFrom(DataInput in) throws IOException {
        read(recent, in);
        read(total, in);
    }

    private static void write(double[] sums, DataOutput out) throws IOException {
        for (double sum : sums) {
            out.writeDouble(sum);
        }
    }

    private static void read(double[] sums, DataInput in) throws IOException {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = in.readDouble();
        }
    }
}
