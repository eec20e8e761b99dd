package io.tickformer.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Settings of a training step: loss, dropout and optimiser.
 *
 * @param meanWeight weight of the squared error of the mean relative to the pinball loss of the
 *     quantiles; zero or more
 * @param dropout dropout probability, in [0, 1)
 * @param firstDecay beta1 of AdamW, in (0, 1)
 * @param secondDecay beta2 of AdamW, in (0, 1)
 * @param epsilon added to the root of the second moment; positive
 * @param weightDecay decoupled weight decay of matrices, per step and unit of learning rate; zero
 *     or more
 * @param clipNorm gradients with a larger Euclidean norm are scaled down to this norm; positive
 * @param averageDecay decay of the exponential moving average of the parameters, in [0, 1). The
 *     average is validated and exported; with 0 it equals the parameters
 */
@Public
public record OptimiserSettings(
        double meanWeight,
        double dropout,
        double firstDecay,
        double secondDecay,
        double epsilon,
        double weightDecay,
        double clipNorm,
        double averageDecay) {
    public static final OptimiserSettings DEFAULT = new Builder().build();

    public OptimiserSettings {
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

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return DEFAULT.toBuilder();
    }

    /** A builder that starts from these settings. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    public OptimiserSettings withDropout(double other) {
        return toBuilder().dropout(other).build();
    }

    public OptimiserSettings withAverageDecay(double other) {
        return toBuilder().averageDecay(other).build();
    }

    /** The settings by name, in a fixed order. */
    Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("dropout", Double.toString(dropout));
        described.put("weight of the mean", Double.toString(meanWeight));
        described.put("beta1", Double.toString(firstDecay));
        described.put("beta2", Double.toString(secondDecay));
        described.put("epsilon", Double.toString(epsilon));
        described.put("weight decay", Double.toString(weightDecay));
        described.put("gradient clipping", Double.toString(clipNorm));
        described.put("average decay", Double.toString(averageDecay));
        return described;
    }

    /**
     * The decay of the moving average at a step, counted from 1. It starts low, so that the average
     * forgets the initial parameters quickly: {@code min(decay, (1 + n) / (10 + n))} after n
     * averaged steps.
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

    /** Builds settings value by value. */
    public static final class Builder {
        private double meanWeight = 0.02;
        private double dropout = 0.1;
        private double firstDecay = 0.9;
        private double secondDecay = 0.999;
        private double epsilon = 1e-8;
        private double weightDecay = 0.05;
        private double clipNorm = 1;
        private double averageDecay = 0;

        private Builder() {}

        private Builder(OptimiserSettings settings) {
            this.meanWeight = settings.meanWeight;
            this.dropout = settings.dropout;
            this.firstDecay = settings.firstDecay;
            this.secondDecay = settings.secondDecay;
            this.epsilon = settings.epsilon;
            this.weightDecay = settings.weightDecay;
            this.clipNorm = settings.clipNorm;
            this.averageDecay = settings.averageDecay;
        }

        @CanIgnoreReturnValue
        public Builder meanWeight(double value) {
            meanWeight = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder dropout(double value) {
            dropout = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder firstDecay(double value) {
            firstDecay = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder secondDecay(double value) {
            secondDecay = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder epsilon(double value) {
            epsilon = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder clipNorm(double value) {
            clipNorm = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder averageDecay(double value) {
            averageDecay = value;
            return this;
        }

        public OptimiserSettings build() {
            return new OptimiserSettings(
                    meanWeight,
                    dropout,
                    firstDecay,
                    secondDecay,
                    epsilon,
                    weightDecay,
                    clipNorm,
                    averageDecay);
        }
    }
}
