package io.tickformer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one run, that is of the training with one seed; everything that is needed to resume
 * it. The record owns its arrays, and nobody may change them.
 *
 * @param optimiser state after the last step
 * @param bestParameters parameters of the best validation so far; the initial ones before the first
 * @param curve all validations so far, in order
 * @param best index of the best validation in the curve; {@link #NO_BEST} before the first
 * @param lossSum sum of the training losses since the last validation
 * @param lossCount number of training losses since the last validation
 * @param seconds training time so far, of all runs
 */
record RunState(
        OptimiserState optimiser,
        float[] bestParameters,
        List<LearningCurvePoint> curve,
        int best,
        double lossSum,
        long lossCount,
        double seconds) {
    /** Value of {@link #best} before the first validation. */
    static final int NO_BEST = -1;

    RunState {
        curve = List.copyOf(curve);
    }

    /** The state before the first step. */
    static RunState from(OptimiserState initial) {
        return new RunState(initial, initial.average(), List.of(), NO_BEST, 0, 0, 0);
    }

    /** Adds the loss of a step. The optimiser state stays that of the last validation. */
    RunState stepped(double stepLoss) {
        return new RunState(
                optimiser, bestParameters, curve, best, lossSum + stepLoss, lossCount + 1, seconds);
    }

    /** Adds a validation of the averaged parameters of a state. A NaN score is never the best. */
    RunState validated(ValidationScores scores, ValidationMetric metric, OptimiserState at) {
        List<LearningCurvePoint> longer = new ArrayList<>(curve);
        longer.add(new LearningCurvePoint(at.steps(), lossSum / lossCount, scores));
        double toBeat = best == NO_BEST ? Double.POSITIVE_INFINITY : metric.of(bestScores());
        boolean better = metric.of(scores) < toBeat;
        return new RunState(
                at,
                better ? at.average() : bestParameters,
                longer,
                better ? curve.size() : best,
                0,
                0,
                seconds);
    }

    /** Replaces the optimiser state and the time. */
    RunState at(OptimiserState now, double secondsNow) {
        return new RunState(now, bestParameters, curve, best, lossSum, lossCount, secondsNow);
    }

    /** The step of the best validation; 0 before the first. */
    long bestStep() {
        return best == NO_BEST ? 0 : curve.get(best).step();
    }

    /** Scores of the best validation; {@link ValidationScores#NONE} before the first. */
    ValidationScores bestScores() {
        return best == NO_BEST ? ValidationScores.NONE : curve.get(best).validation();
    }

    /** Scores of the last validation; {@link ValidationScores#NONE} before the first. */
    ValidationScores scores() {
        return curve.isEmpty() ? ValidationScores.NONE : curve.get(curve.size() - 1).validation();
    }

    /** Number of validations since the best one, or since the start. */
    int validationsSinceBest() {
        return curve.size() - 1 - best;
    }

    /** Mean training loss since the last validation; right after a validation, that up to it. */
    double recentLoss() {
        if (lossCount > 0) {
            return lossSum / lossCount;
        }
        return curve.isEmpty() ? Double.NaN : curve.get(curve.size() - 1).trainingLoss();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunState that
                && optimiser.steps() == that.optimiser.steps()
                && Arrays.equals(optimiser.parameters(), that.optimiser.parameters())
                && Arrays.equals(optimiser.firstMoment(), that.optimiser.firstMoment())
                && Arrays.equals(optimiser.secondMoment(), that.optimiser.secondMoment())
                && Arrays.equals(optimiser.average(), that.optimiser.average())
                && Arrays.equals(bestParameters, that.bestParameters)
                && curve.equals(that.curve)
                && best == that.best
                && Double.compare(lossSum, that.lossSum) == 0
                && lossCount == that.lossCount
                && Double.compare(seconds, that.seconds) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(optimiser.steps()) * 31 + Arrays.hashCode(bestParameters);
    }
}
