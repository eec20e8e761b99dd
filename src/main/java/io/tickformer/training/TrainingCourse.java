package io.tickformer.training;

import java.util.Arrays;

/**
 * Where a training stands: all it needs to go on. The arrays are owned by the record and must not
 * be changed.
 *
 * @param state parameters and moments after the last step, and how many steps that was
 * @param bestParameters those of the best validation so far; the initial ones before the first
 * @param bestStep the step of the best validation; 0 before the first
 * @param bestValidationLoss positive infinity before the first validation
 * @param validationLoss the last one; NaN before the first
 * @param validationsSinceBest validations since the best one
 * @param lossSum sum of the training losses since the last validation
 * @param lossCount how many they are
 * @param loss mean training loss between the last two validations; NaN before the first
 * @param seconds spent so far, over all runs
 */
record TrainingCourse(
        TrainingState state,
        float[] bestParameters,
        long bestStep,
        double bestValidationLoss,
        double validationLoss,
        int validationsSinceBest,
        double lossSum,
        long lossCount,
        double loss,
        double seconds) {

    /** Before the first step. */
    static TrainingCourse from(TrainingState initial) {
        return new TrainingCourse(
                initial,
                initial.parameters(),
                initial.steps(),
                Double.POSITIVE_INFINITY,
                Double.NaN,
                0,
                0,
                0,
                Double.NaN,
                0);
    }

    /** After one more step, whose state is not known yet. */
    TrainingCourse stepped(double stepLoss) {
        return new TrainingCourse(
                state,
                bestParameters,
                bestStep,
                bestValidationLoss,
                validationLoss,
                validationsSinceBest,
                lossSum + stepLoss,
                lossCount + 1,
                loss,
                seconds);
    }

    /** After a validation at a state. */
    TrainingCourse validated(double newLoss, TrainingState at) {
        boolean best = newLoss < bestValidationLoss;
        return new TrainingCourse(
                at,
                best ? at.parameters() : bestParameters,
                best ? at.steps() : bestStep,
                best ? newLoss : bestValidationLoss,
                newLoss,
                best ? 0 : validationsSinceBest + 1,
                0,
                0,
                lossSum / lossCount,
                seconds);
    }

    /** At a state and a time. */
    TrainingCourse at(TrainingState now, double secondsNow) {
        return new TrainingCourse(
                now,
                bestParameters,
                bestStep,
                bestValidationLoss,
                validationLoss,
                validationsSinceBest,
                lossSum,
                lossCount,
                loss,
                secondsNow);
    }

    /** The training loss of late: since the last validation, or right after one, up to it. */
    double recentLoss() {
        return lossCount > 0 ? lossSum / lossCount : loss;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingCourse that
                && state.steps() == that.state.steps()
                && Arrays.equals(state.parameters(), that.state.parameters())
                && Arrays.equals(state.firstMoment(), that.state.firstMoment())
                && Arrays.equals(state.secondMoment(), that.state.secondMoment())
                && Arrays.equals(bestParameters, that.bestParameters)
                && bestStep == that.bestStep
                && Double.compare(bestValidationLoss, that.bestValidationLoss) == 0
                && Double.compare(validationLoss, that.validationLoss) == 0
                && validationsSinceBest == that.validationsSinceBest
                && Double.compare(lossSum, that.lossSum) == 0
                && lossCount == that.lossCount
                && Double.compare(loss, that.loss) == 0
                && Double.compare(seconds, that.seconds) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(state.steps()) * 31 + Arrays.hashCode(bestParameters);
    }
}
