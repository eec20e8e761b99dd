package io.tickformer.training;

import io.tickformer.annotation.Internal;

/**
 * Sums over all targets of an evaluation. The loss is weighted and computed in the frames of the
 * tokens. Errors are in the unit of each window, and all targets have the same weight.
 *
 * @param weight total weight
 * @param loss training loss
 * @param count number of targets
 * @param pinball pinball loss averaged over levels
 * @param absoluteError absolute error of the median
 * @param squaredError squared error of the median
 * @param absoluteErrorOfMean absolute error of the forecast mean
 * @param squaredErrorOfMean squared error of the forecast mean
 */
@Internal
public record EvaluationSums(
        double weight,
        double loss,
        double count,
        double pinball,
        double absoluteError,
        double squaredError,
        double absoluteErrorOfMean,
        double squaredErrorOfMean) {
    public static final EvaluationSums NONE = new EvaluationSums(0, 0, 0, 0, 0, 0, 0, 0);

    /** Adds two sums. */
    public EvaluationSums plus(EvaluationSums other) {
        return new EvaluationSums(
                weight + other.weight,
                loss + other.loss,
                count + other.count,
                pinball + other.pinball,
                absoluteError + other.absoluteError,
                squaredError + other.squaredError,
                absoluteErrorOfMean + other.absoluteErrorOfMean,
                squaredErrorOfMean + other.squaredErrorOfMean);
    }

    /** The weighted mean loss, and the mean of each error over all targets. */
    public ValidationScores scores() {
        return new ValidationScores(
                loss / weight,
                pinball / count,
                squaredError / count,
                absoluteError / count,
                squaredErrorOfMean / count,
                absoluteErrorOfMean / count);
    }
}
