package io.tickformer.training;

/**
 * Sums over evaluated targets. The loss is weighted and in the frames of the tokens; errors are in
 * the unit of each window, and every target counts alike.
 *
 * @param weight total weight
 * @param loss what training minimises
 * @param count targets
 * @param pinball pinball loss averaged over levels
 * @param absoluteError absolute error of the median
 * @param squaredError squared error of the median
 * @param absoluteErrorOfMean absolute error of the forecast mean
 * @param squaredErrorOfMean squared error of the forecast mean
 */
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

    /** The sums over both. */
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

    /** Loss of a unit of weight, and what a target adds to the other sums. */
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
