package io.tickformer.training;

import io.tickformer.annotation.Public;
import io.tickformer.history.SplitBorders;
import java.nio.file.Path;
import java.util.List;

/**
 * Result of a training.
 *
 * @param stopReason why it ended; if interrupted, there is a training snapshot and no model
 * @param output file of the model
 * @param snapshot file of the training snapshot
 * @param modelVersion version of the model; empty if interrupted
 * @param parameters number of parameters
 * @param borders borders of the training and validation sets; the test set is not used
 * @param metric the metric that selected the parameters
 * @param validation scores of the exported parameters
 * @param runs one for each seed, in the order of training; at least one
 * @param combination how the runs were combined; {@link SeedCombination#BEST} for a single run
 * @param chosen index of the run with the exported parameters, or of the best run if all were
 *     combined
 */
@Public
public record TrainingResult(
        StopReason stopReason,
        Path output,
        Path snapshot,
        String modelVersion,
        int parameters,
        SplitBorders borders,
        ValidationMetric metric,
        ValidationScores validation,
        List<RunSummary> runs,
        SeedCombination combination,
        int chosen) {
    public TrainingResult {
        runs = List.copyOf(runs);
    }

    /** The run with the exported parameters, or the best run if all were combined. */
    public RunSummary run() {
        return runs.get(chosen);
    }

    /** Seconds of all runs. */
    public double seconds() {
        double seconds = 0;
        for (RunSummary run : runs) {
            seconds += run.seconds();
        }
        return seconds;
    }
}
