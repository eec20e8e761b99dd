package io.tickformer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a training stands: all it needs to go on. The arrays are owned by the record and must not
 * be changed.
 *
 * @param state what the last step left
 * @param bestParameters those of the best validation so far; the initial ones before the first
 * @param curve every validation so far, in order
 * @param best position of the best validation in the curve; {@link #NO_BEST} before the first
 * @param lossSum sum of the training losses since the last validation
 * @param lossCount how many they are
 * @param seconds spent so far, over all runs
 */
record TrainingCourse(
        TrainingState state,
        float[] bestParameters,
        List<CurvePoint> curve,
        int best,
        double lossSum,
        long lossCount,
        double seconds) {
    /** Value of {@link #best} where no validation has been the best one. */
    static final int NO_BEST = -1;

    TrainingCourse {
        curve = List.copyOf(curve);
    }

    /** Before the first step. */
    static TrainingCourse from(TrainingState initial) {
        return new TrainingCourse(initial, initial.average(), List.of(), NO_BEST, 0, 0, 0);
    }

    /** After one more step, whose state is not known yet. */
    TrainingCourse stepped(double stepLoss) {
        return new TrainingCourse(
                state, bestParameters, curve, best, lossSum + stepLoss, lossCount + 1, seconds);
    }

    /**
     * After a validation of the average at a state. A score that is no number is never the best.
     */
    TrainingCourse validated(ValidationScores scores, ValidationMetric metric, TrainingState at) {
        List<CurvePoint> longer = new ArrayList<>(curve);
        longer.add(new CurvePoint(at.steps(), lossSum / lossCount, scores));
        double toBeat = best == NO_BEST ? Double.POSITIVE_INFINITY : metric.of(bestScores());
        boolean better = metric.of(scores) < toBeat;
        return new TrainingCourse(
                at,
                better ? at.average() : bestParameters,
                longer,
                better ? curve.size() : best,
                0,
                0,
                seconds);
    }

    /** At a state and a time. */
    TrainingCourse at(TrainingState now, double secondsNow) {
        return new TrainingCourse(now, bestParameters, curve, best, lossSum, lossCount, secondsNow);
    }

    /** The step of the best validation; 0 before the first. */
    long bestStep() {
        return best == NO_BEST ? 0 : curve.get(best).step();
    }

    /** The best validation's scores; {@link ValidationScores#NONE} before the first. */
    ValidationScores bestScores() {
        return best == NO_BEST ? ValidationScores.NONE : curve.get(best).validation();
    }

    /** The last validation's scores; {@link ValidationScores#NONE} before the first. */
    ValidationScores scores() {
        return curve.isEmpty() ? ValidationScores.NONE : curve.get(curve.size() - 1).validation();
    }

    /** Validations since the best one, or since the start. */
    int validationsSinceBest() {
        return curve.size() - 1 - best;
    }

    /** The training loss of late: since the last validation, or right after one, up to it. */
    double recentLoss() {
        if (lossCount > 0) {
            return lossSum / lossCount;
        }
        return curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).trainingLoss();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingCourse that
                && state.steps() == that.state.steps()
                && Arrays.equals(state.parameters(), that.state.parameters())
                && Arrays.equals(state.firstMoment(), that.state.firstMoment())
                && Arrays.equals(state.secondMoment(), that.state.secondMoment())
                && Arrays.equals(state.average(), that.state.average())
                && Arrays.equals(bestParameters, that.bestParameters)
                && curve.equals(that.curve)
                && best == that.best
                && Double.compare(lossSum, that.lossSum) == 0
                && lossCount == that.lossCount
                && Double.compare(seconds, that.seconds) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(state.steps()) * 31 + Arrays.hashCode(bestParameters);
    }
}
