package io.tickformer.training;

import java.util.List;

/**
 * How the training of one seed went.
 *
 * @param seed where its chance came from
 * @param end why it ended
 * @param steps steps done
 * @param bestStep the step whose parameters were the best on validation; 0 before the first
 * @param loss mean training loss of late; NaN before the first step
 * @param validation of the best step; {@link ValidationScores#NONE} before the first
 * @param curve every validation, in order
 * @param seconds spent, over all runs of the command
 */
public record TrainingRun(
        long seed,
        TrainingEnd end,
        long steps,
        long bestStep,
        double loss,
        ValidationScores validation,
        List<CurvePoint> curve,
        double seconds) {
    public TrainingRun {
        curve = List.copyOf(curve);
    }

    static TrainingRun of(long seed, TrainingOutcome outcome) {
        TrainingCourse course = outcome.course();
        return new TrainingRun(
                seed,
                outcome.end(),
                course.state().steps(),
                course.bestStep(),
                course.recentLoss(),
                course.bestScores(),
                course.curve(),
                course.seconds());
    }
}
