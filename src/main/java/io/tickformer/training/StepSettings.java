package io.tickformer.training;

/**
 * What a training step minimises and how it moves.
 *
 * @param meanWeight what the squared error of the mean head counts beside the pinball loss of the
 *     quantiles; zero or more
 * @param dropout share of activations dropped at each place, in [0, 1)
 * @param firstDecay decay of the first moment in (0, 1), beta1 of the paper
 * @param secondDecay decay of the second moment in (0, 1), beta2 of the paper
 * @param epsilon added to the root of the second moment; positive
 * @param weightDecay decoupled weight decay of matrices, per step and unit of learning rate; zero
 *     or more
 * @param clipNorm the gradient is scaled down to this Euclidean norm where it is longer; positive
 * @param averageDecay decay of the exponential moving average of the parameters, in [0, 1): what is
 *     validated and exported; 0 for the parameters themselves
 */
public record StepSettings(
        double meanWeight,
        double dropout,
        double firstDecay,
        double secondDecay,
        double epsilon,
        double weightDecay,
        double clipNorm,
        double averageDecay) {
    public static final StepSettings DEFAULT =
            new StepSettings(0.02, 0.2, 0.9, 0.999, 1e-8, 0.05, 1, 0);

    public StepSettings {
        require(meanWeight >= 0, "meanWeight", meanWeight, "zero or more");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "0 or more and below 1");
        require(firstDecay > 0 && firstDecay < 1, "firstDecay", firstDecay, "between 0 and 1");
        require(secondDecay > 0 && secondDecay < 1, "secondDecay", secondDecay, "between 0 and 1");
        require(epsilon > 0, "epsilon", epsilon, "a positive number");
        require(weightDecay >= 0, "weightDecay", weightDecay, "zero or more");
        require(clipNorm > 0, "clipNorm", clipNorm, "a positive number");
        require(
                averageDecay >= 0 && averageDecay < 1,
                "averageDecay",
                averageDecay,
                "0 or more and below 1");
    }

    /** These settings with another share of dropped activations. */
    public StepSettings withDropout(double other) {
        return new StepSettings(
                meanWeight,
                other,
                firstDecay,
                secondDecay,
                epsilon,
                weightDecay,
                clipNorm,
                averageDecay);
    }

    /** These settings with another decay of the average of the parameters. */
    public StepSettings withAverageDecay(double other) {
        return new StepSettings(
                meanWeight,
                dropout,
                firstDecay,
                secondDecay,
                epsilon,
                weightDecay,
                clipNorm,
                other);
    }

    /**
     * The decay of the average at a step, counted from 1. It starts low, so that the average
     * forgets the first parameters as fast as training leaves them: {@code min(decay, (1 + n) / (10
     * + n))}, n steps having been averaged.
     */
    double averageDecayAt(long number) {
        return Math.min(averageDecay, (double) number / (9 + number));
    }

    private static void require(boolean holds, String field, double given, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "%s is %s; expected %s".formatted(field, given, expected));
        }
    }
}
