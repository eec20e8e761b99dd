package io.tickformer.feedback.calibration;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.ForecastPaths;
import io.tickformer.feedback.issued.QuantileCurve;
import io.tickformer.feedback.issued.ScoredSteps;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Shifts the quantiles of the forecasts of one series so that values fall below each of them as
 * often as its level says.
 *
 * <p><b>Tracking.</b> Each quantile of each scored step has an offset. When a value falls below the
 * published quantile of level t, the offset falls by {@code g (1 - t)}; otherwise it rises by
 * {@code g t}. As the offset is bounded, the share of values below the quantile approaches t
 * whatever the series does (quantile tracking of Angelopoulos, Candès and Tibshirani 2023,
 * "Conformal PID control for time series prediction"; adaptive conformal inference of Gibbs and
 * Candès 2021 moves the level in the same way). The two tails have offsets of their own. A value is
 * always compared to the quantile that was published for it, which for a far step is one of many
 * ticks ago, never to what would be published now.
 *
 * <p><b>Gain.</b> Quantiles in the tails have few values near them, so their offsets have to go
 * farther for the same change of coverage. Their gain is larger, by the square root of the ratio of
 * normal densities. The median stays where the forecaster put it: to move it would cost accuracy.
 * One more offset per level is moved by all scored steps together: the errors of all steps rise and
 * fall alike, and a young series needs it.
 *
 * <p><b>Tails.</b> The forecasts of far steps overlap, so their errors keep one sign for many
 * ticks. A quantile that follows the values on its own side alone chases such errors, and an
 * interval that moves up and down after them is no better than one that stays. So a quantile and
 * its mirror image (levels t and 1 - t) widen and narrow together: what one of them learns moves
 * both, and only {@value #DIFFERENCE} of what sets them apart counts. That is still a tracker of
 * each of them: both rest only where both levels hold. Tails that differ for long, as those of
 * skewed values, become different.
 *
 * <p><b>Unit.</b> Offsets are normal scores. Their unit is the geometric mean of two widths: the
 * spread of a step, which is the running mean of the distances of values from the uncalibrated
 * median, as a standard deviation, and the width of the forecast itself if that is larger. In units
 * of its own width alone, a wide forecast would become far too wide before a narrow one is wide
 * enough; in units of the spread alone, a narrow forecast of a calm hour would be widened as much
 * as that of a wild one. An error counts at most {@value #CLIP} spreads, and at most {@value
 * #CLIP_IN_A_ROW} right after another one as large. So absurd values, alone or in a burst, widen
 * nothing for long, and a series that has become a hundred times as erratic is followed within a
 * hundred ticks.
 *
 * <p><b>Volatility.</b> Errors of near steps show within a few ticks that a series has become more
 * or less erratic. The ratio of a fast to a slow mean of their normal scores widens or narrows all
 * quantiles at once, by its square root.
 *
 * <p>The constants were chosen on validation sets; docs/decisions/0042-calibrated-intervals.md has
 * the figures. Cost: a tick that comes due costs a few operations per scored step and level, a
 * forecast two per step and level. Mutable and not thread-safe.
 */
@Internal
public final class Calibration {
    /** Gain of the offset of one step. */
    private static final double GAIN = 0.004;

    /** Gain of the offset that all steps share. */
    private static final double SHARED_GAIN = 0.01;

    /**
     * Gain of what sets the two tails apart, as a share of the gain of what they have in common.
     */
    private static final double DIFFERENCE = 0.2;

    /** The largest offset. */
    private static final double LARGEST_OFFSET = 20;

    /** The share of a new error in the spread. */
    private static final double SPREAD_SHARE = 0.005;

    /** The weight, in targets, of the width of the first forecast in the spread. */
    private static final double PRIOR_TARGETS = 10;

    /** With fewer targets, the spread is at most {@value #YOUNG_WIDTHS} widths of the forecast. */
    private static final int YOUNG_TARGETS = 20;

    private static final double YOUNG_WIDTHS = 4;

    private static final int CLIP = 4;
    private static final int CLIP_IN_A_ROW = 16;

    /** The standard deviation of a normal distribution in mean distances. */
    private static final double DEVIATIONS = 1.2533;

    /** The last step whose errors tell the volatility. */
    private static final int NEAR = 8;

    private static final double FAST = 0.01;
    private static final double SLOW = 0.001;
    private static final double CALMEST = 0.4;
    private static final double WILDEST = 3;

    /** Intervals are calibrated after this many ticks of evidence for each scored step. */
    private static final int EVIDENCE_TICKS = 200;

    private final CalibrationPlan plan;
    private final ScoredSteps steps;
    private final QuantileCurve curve;
    private final double[] levels; // Q
    private final double[] offsets; // steps x Q
    private final double[] shared; // Q
    private final double[] spreads; // steps
    private final boolean[] clipped; // steps: whether the last error was
    private final int[] ticks; // steps: ticks of evidence
    private double fast = 1;
    private double slow = 1;
    private int nearTargets;

    // The normal scores of near steps at the tick that is being scored.
    private double nearSum;
    private int nearCount;

    /** Offsets of zero. */
    public Calibration(CalibrationPlan plan) {
        this.plan = plan;
        this.steps = plan.steps;
        this.curve = plan.curve;
        this.levels = plan.levels;
        this.offsets = new double[steps.count() * levels.length];
        this.shared = new double[levels.length];
        this.spreads = new double[steps.count()];
        this.clipped = new boolean[steps.count()];
        this.ticks = new int[steps.count()];
    }

    /** Whether each scored step has had enough targets. */
    public boolean isCalibrated() {
        for (int each : ticks) {
            if (each < EVIDENCE_TICKS) {
                return false;
            }
        }
        return true;
    }

    /**
     * Learns from a target that has come due.
     *
     * @param step position of the scored step
     * @param published Q quantiles as they were published
     * @param uncalibrated Q quantiles of the same forecast before calibration
     */
    public void learn(int step, double[] published, double[] uncalibrated, double value) {
        int stride = steps.stride(step);
        for (int i = 0; i < levels.length; i++) {
            plan.excesses[i] = stride * excess(published, i, value);
        }
        move(step, published);
        if (steps.step(step) <= NEAR) {
            nearSum += Math.min(CLIP, Math.abs(curve.scoreOf(uncalibrated, 0, value)));
            nearCount++;
        }
        learnSpread(step, uncalibrated, value);
        ticks[step] = Math.min(EVIDENCE_TICKS, ticks[step] + stride);
    }

    /** Learns that a target has another value than {@link #learn} was told. */
    public void revise(int step, double[] published, double before, double value) {
        int stride = steps.stride(step);
        for (int i = 0; i < levels.length; i++) {
            double change = excess(published, i, value) - excess(published, i, before);
            plan.excesses[i] = stride * change;
        }
        move(step, published);
    }

    /** Ends a tick, after all its scored steps have learnt. */
    public void endTick() {
        if (nearCount == 0) {
            return;
        }
        double mean = nearSum / nearCount * DEVIATIONS;
        nearTargets = Math.min(1000, nearTargets + 1);
        double young = 1.0 / (nearTargets + 20);
        fast += Math.max(FAST, young) * (mean - fast);
        slow += Math.max(SLOW, young) * (mean - slow);
        nearSum = 0;
        nearCount = 0;
    }

    /**
     * The level of a quantile minus whether the value is below it; zero on the quantile. Zero too
     * if the quantile lies on the median and would have to cross it.
     */
    private double excess(double[] published, int level, double value) {
        double quantile = published[level];
        if (value == quantile) {
            return 0;
        }
        boolean rises = value > quantile;
        if (wouldCross(published, level, rises)) {
            return 0;
        }
        return rises ? levels[level] : levels[level] - 1;
    }

    /** Whether a quantile lies on the median and is to move beyond it. */
    private boolean wouldCross(double[] published, int level, boolean rises) {
        return rises == level < curve.middle() && published[level] == published[curve.middle()];
    }

    /**
     * Moves the offsets of a step by the plan.excesses of its levels. Without a spread they would
     * move nothing, and run away.
     */
    private void move(int step, double[] published) {
        if (spreads[step] == 0) {
            return;
        }
        for (int i = 0; i < levels.length; i++) {
            // A quantile that rises has a mirror image that falls.
            double own = plan.excesses[i];
            double mirrored = plan.mirrors[i] == i ? own : -plan.excesses[plan.mirrors[i]];
            double common = (own + mirrored) / 2;
            double excess = common + DIFFERENCE * (own - common);
            if (!wouldCross(published, i, excess > 0)) {
                int at = step * levels.length + i;
                double change = plan.gains[i] * excess;
                offsets[at] = clip(offsets[at] + GAIN * change);
                shared[i] = clip(shared[i] + SHARED_GAIN * change / steps.count());
            }
        }
    }

    private static double clip(double offset) {
        return Math.max(-LARGEST_OFFSET, Math.min(LARGEST_OFFSET, offset));
    }

    private void learnSpread(int step, double[] uncalibrated, double value) {
        int targets = ticks[step] / steps.stride(step);
        double width = width(uncalibrated);
        if (spreads[step] == 0) {
            spreads[step] = width;
        } else if (targets < YOUNG_TARGETS && width > 0) {
            spreads[step] = Math.min(spreads[step], YOUNG_WIDTHS * width);
        }
        double error = Math.abs(value - uncalibrated[curve.middle()]) * DEVIATIONS;
        double largest = (clipped[step] ? CLIP_IN_A_ROW : CLIP) * spreads[step];
        clipped[step] = error > CLIP * spreads[step];
        error = Math.min(error, largest);
        double share = Math.max(SPREAD_SHARE * steps.stride(step), 1 / (PRIOR_TARGETS + targets));
        spreads[step] += share * (error - spreads[step]);
    }

    /** The standard deviation that Q quantiles say; 0 if there is one level only. */
    private double width(double[] quantiles) {
        return (quantiles[levels.length - 1] - quantiles[0]) * plan.perScore;
    }

    /**
     * Calibrates a forecast in place.
     *
     * @param forecast finite and ascending within a step, on entry and on return
     */
    public void calibrate(ForecastPaths forecast) {
        computeShifts();
        computeUnits(forecast);
        for (int level = 0; level < levels.length; level++) {
            steps.addInterpolated(
                    plan.shifts, level, levels.length, plan.units, forecast.quantiles(level));
        }
        for (int level = curve.middle() + 1; level < levels.length; level++) {
            forecast.keepAboveLevelBefore(level);
        }
        for (int level = curve.middle() - 1; level >= 0; level--) {
            forecast.keepBelowLevelAfter(level);
        }
    }

    /** The plan.shifts and spreads of the scored steps at this tick. */
    private void computeShifts() {
        double volatility = Math.sqrt(Math.max(CALMEST, Math.min(WILDEST, fast / slow)));
        double spread = 0;
        for (int step = 0; step < steps.count(); step++) {
            // Until its first target, a step has the spread of the step before it.
            spread = ticks[step] == 0 ? spread : spreads[step];
            plan.spreads[step] = spread;
            for (int i = 0; i < levels.length; i++) {
                int at = step * levels.length + i;
                double nominal = curve.score(i);
                plan.shifts[at] = (nominal + offsets[at] + shared[i]) * volatility - nominal;
            }
        }
    }

    /** The plan.units of the plan.shifts at each horizon step. */
    private void computeUnits(ForecastPaths forecast) {
        steps.interpolate(plan.spreads, 0, 1, plan.units);
        double[] lowest = forecast.quantiles(0);
        double[] highest = forecast.quantiles(levels.length - 1);
        double[] units = plan.units;
        for (int step = 0; step < units.length; step++) {
            double spread = units[step];
            double width = (highest[step] - lowest[step]) * plan.perScore;
            // The root of the product could leave the range of doubles.
            units[step] = Math.sqrt(spread) * Math.sqrt(Math.max(spread, width));
        }
    }

    /** Size of the binary form. */
    public int bytes() {
        int doubles = offsets.length + shared.length + spreads.length + 2;
        return doubles * Double.BYTES + clipped.length + (ticks.length + 1) * Integer.BYTES;
    }

    /** Writes the state, without a version. */
    public void writeTo(DataOutput out) throws IOException {
        for (double[] values : new double[][] {offsets, shared, spreads}) {
            for (double value : values) {
                out.writeDouble(value);
            }
        }
        for (boolean each : clipped) {
            out.writeBoolean(each);
        }
        for (int each : ticks) {
            out.writeInt(each);
        }
        out.writeDouble(fast);
        out.writeDouble(slow);
        out.writeInt(nearTargets);
    }

    /** Reads what {@link #writeTo} wrote for the same shape. */
    public void readFrom(DataInput in) throws IOException {
        for (double[] values : new double[][] {offsets, shared, spreads}) {
            for (int i = 0; i < values.length; i++) {
                values[i] = in.readDouble();
            }
        }
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = in.readBoolean();
        }
        for (int i = 0; i < ticks.length; i++) {
            ticks[i] = in.readInt();
        }
        fast = in.readDouble();
        slow = in.readDouble();
        nearTargets = in.readInt();
    }
}
