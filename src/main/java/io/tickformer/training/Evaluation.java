package io.tickformer.training;

/**
 * Weighted sums over evaluated targets, each in the frame of its token.
 *
 * @param weight total weight
 * @param loss what training minimises
 * @param pinball pinball loss averaged over levels
 * @param absoluteError absolute error of the median
 * @param squaredError squared error of the median
 */
public record Evaluation(
        double weight, double loss, double pinball, double absoluteError, double squaredError) {
    public static final Evaluation NONE = new Evaluation(0, 0, 0, 0, 0);

    /** The sums over both. */
    public Evaluation plus(Evaluation other) {
        return new Evaluation(
                weight + other.weight,
                loss + other.loss,
                pinball + other.pinball,
                absoluteError + other.absoluteError,
                squaredError + other.squaredError);
    }

    /** Loss of a unit of weight. */
    public double meanLoss() {
        return loss / weight;
    }

    /** Absolute error of a unit of weight. */
    public double meanAbsoluteError() {
        return absoluteError / weight;
    }

    /** Squared error of a unit of weight. */
    public double meanSquaredError() {
        return squaredError / weight;
    }
}
