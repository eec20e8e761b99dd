package io.tickformer.feedback.calibration;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.QuantileCurve;
import io.tickformer.feedback.issued.ScoredSteps;

/**
 * What the calibrations of all series of one thread have in common: constants that follow from the
 * shape of the forecasts, and arrays in which a forecast is calibrated.
 *
 * @param levels Q quantile levels
 * @param gains Q gains of the offsets, relative to that of the 90 % quantile
 * @param perScore 1 by the normal scores from the first to the last level; 0 if there is one level
 * @param mirrors Q: position of the level 1 - t, or the own where there is none
 * @param excesses Q, overwritten per target
 * @param shifts scored steps x Q, overwritten per forecast
 * @param spreads scored steps, overwritten per forecast
 * @param units H, overwritten per forecast
 */
@Internal
@SuppressWarnings("ArrayRecordComponent") // Shared on purpose, and never compared.
public record CalibrationPlan(
        ScoredSteps steps,
        QuantileCurve curve,
        double[] levels,
        double[] gains,
        double perScore,
        int[] mirrors,
        double[] excesses,
        double[] shifts,
        double[] spreads,
        double[] units) {
    /** The normal density at the 90 % quantile, where the relative gain is 1. */
    private static final double REFERENCE_DENSITY = 0.1755;

    /** Two levels are mirror images if their sum is this near to 1. */
    private static final double ROUNDING = 1e-6;

    /** For forecasts of a shape. */
    public static CalibrationPlan of(FeedbackShape shape) {
        QuantileCurve curve = shape.curve();
        int last = shape.levels() - 1;
        double scores = curve.score(last) - curve.score(0);
        int steps = shape.steps().count();
        return new CalibrationPlan(
                shape.steps(),
                curve,
                shape.quantileLevels(),
                gains(curve),
                scores == 0 ? 0 : 1 / scores,
                mirrors(shape.quantileLevels()),
                new double[shape.levels()],
                new double[steps * shape.levels()],
                new double[steps],
                new double[shape.horizon()]);
    }

    private static double[] gains(QuantileCurve curve) {
        double[] gains = new double[curve.levels()];
        for (int i = 0; i < gains.length; i++) {
            gains[i] = i == curve.middle() ? 0 : Math.sqrt(REFERENCE_DENSITY / curve.density(i));
        }
        return gains;
    }

    private static int[] mirrors(double[] levels) {
        int[] mirrors = new int[levels.length];
        for (int i = 0; i < levels.length; i++) {
            int mirror = levels.length - 1 - i;
            mirrors[i] = Math.abs(levels[i] + levels[mirror] - 1) < ROUNDING ? mirror : i;
        }
        return mirrors;
    }
}
