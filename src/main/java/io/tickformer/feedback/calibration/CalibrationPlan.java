package io.tickformer.feedback.calibration;

import io.tickformer.annotation.Internal;
import io.tickformer.feedback.issued.FeedbackShape;
import io.tickformer.feedback.issued.QuantileCurve;
import io.tickformer.feedback.issued.ScoredSteps;

/**
 * What the calibrations of all series of one thread have in common: constants that follow from the
 * shape of the forecasts, and arrays in which a forecast is calibrated.
 */
@Internal
public final class CalibrationPlan {
    /** The normal density at the 90 % quantile, where the relative gain is 1. */
    private static final double REFERENCE_DENSITY = 0.1755;

    /** Two levels are mirror images if their sum is this near to 1. */
    private static final double ROUNDING = 1e-6;

    final ScoredSteps steps;
    final QuantileCurve curve;
    final double[] levels; // Q

    /** Gains of the offsets, relative to that of the 90 % quantile. */
    final double[] gains; // Q

    /** 1 by the normal scores from the first to the last level; 0 if there is one level. */
    final double perScore;

    /** Position of the level 1 - t, or the own where there is none. */
    final int[] mirrors; // Q

    // Overwritten per target.
    final double[] excesses; // Q

    // Overwritten per forecast.
    final double[] shifts; // scored steps x Q, normal scores
    final double[] spreads; // scored steps
    final double[] units; // H

    public CalibrationPlan(FeedbackShape shape) {
        this.steps = shape.steps();
        this.curve = shape.curve();
        this.levels = shape.quantileLevels();
        int last = levels.length - 1;
        this.gains = gains(curve);
        this.perScore = last == 0 ? 0 : 1 / (curve.score(last) - curve.score(0));
        this.mirrors = mirrors(levels);
        this.excesses = new double[levels.length];
        this.shifts = new double[steps.count() * levels.length];
        this.spreads = new double[steps.count()];
        this.units = new double[shape.horizon()];
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
