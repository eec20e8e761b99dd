package io.tickformer.training;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * Summary of the training run of one seed.
 *
 * @param seed seed of all random numbers of the run
 * @param stopReason why it ended
 * @param steps number of steps done
 * @param bestStep step with the best validation; 0 before the first
 * @param loss mean training loss since the last validation; NaN before the first step
 * @param validation scores of the best step; {@link ValidationScores#NONE} before the first
 * @param curve all validations, in order
 * @param seconds training time so far, of all runs
 */
@Internal
public record RunSummary(
        long seed,
        StopReason stopReason,
        long steps,
        long bestStep,
        double loss,
        ValidationScores validation,
        List<LearningCurvePoint> curve,
        double seconds) {
    public RunSummary {
        curve = List.copyOf(curve);
    }

    static RunSummary of(long seed, EndedRun run) {
        RunState state = run.state();
        return new RunSummary(
                seed,
                run.stopReason(),
                state.optimiser().steps(),
                state.bestStep(),
                state.recentLoss(),
                state.bestScores(),
                state.curve(),
                state.seconds());
    }
}
