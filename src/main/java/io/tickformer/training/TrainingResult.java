package io.tickformer.training;

import io.tickformer.history.Borders;
import java.nio.file.Path;
import java.util.List;

/**
 * What a training came to.
 *
 * @param stopReason why it ended; if interrupted there is a training snapshot and no model
 * @param output the file of the model
 * @param snapshot the training snapshot
 * @param modelVersion the model's version, a hash of its parameters; empty if interrupted
 * @param parameters number of parameters
 * @param borders what was trained on and what validated; there is no test part, or it was not read
 * @param metric what the parameters were selected by
 * @param validation of the exported parameters
 * @param runs one for each seed, in the order they were trained in; at least one
 * @param combination what they became; {@link SeedCombination#BEST} of a single one
 * @param chosen position of the run whose parameters the model has, or of the best one where it has
 *     those of all
 */
public record TrainingResult(
        StopReason stopReason,
        Path output,
        Path snapshot,
        String modelVersion,
        int parameters,
        Borders borders,
        ValidationMetric metric,
        ValidationScores validation,
        List<RunSummary> runs,
        SeedCombination combination,
        int chosen) {
    public TrainingResult {
        runs = List.copyOf(runs);
    }

    /** The run whose parameters the model has, or the best one. */
    public RunSummary run() {
        return runs.get(chosen);
    }

    /** Seconds spent on all runs. */
    public double seconds() {
        double seconds = 0;
        for (RunSummary run : runs) {
            seconds += run.seconds();
        }
        return seconds;
    }
}
