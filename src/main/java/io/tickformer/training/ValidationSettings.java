package io.tickformer.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.tickformer.annotation.Public;
import java.util.Objects;

/**
 * Settings of validation, early stopping and the selection of parameters.
 *
 * @param share share of the time span that is the validation set, its last part, in (0, 0.5]
 * @param windows maximum number of validation windows
 * @param every number of steps between two validations
 * @param patience number of validations without improvement after which training stops
 * @param metric the metric that has to improve
 */
@Public
public record ValidationSettings(
        double share, int windows, int every, int patience, ValidationMetric metric) {
    public static final ValidationSettings DEFAULT = new Builder().build();

    public ValidationSettings {
        TrainingException.require(
                share > 0 && share <= 0.5,
                "validation share",
                share,
                "more than 0 and at most 0.5");
        TrainingException.require(windows >= 1, "validation windows", windows, "at least 1");
        TrainingException.require(every >= 1, "evaluate every", every, "at least 1 step");
        TrainingException.require(patience >= 1, "patience", patience, "at least 1 validation");
        Objects.requireNonNull(metric, "metric");
    }

    /** A builder that starts from {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder(DEFAULT);
    }

    /** Builds settings value by value. */
    public static final class Builder {
        private double share = 0.1;
        private int windows = 512;
        private int every = 50;
        private int patience = 10;
        private ValidationMetric metric = ValidationMetric.PINBALL;

        private Builder() {}

        private Builder(ValidationSettings settings) {
            this.share = settings.share;
            this.windows = settings.windows;
            this.every = settings.every;
            this.patience = settings.patience;
            this.metric = settings.metric;
        }

        @CanIgnoreReturnValue
        public Builder share(double value) {
            share = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder windows(int value) {
            windows = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder every(int value) {
            every = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder patience(int value) {
            patience = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder metric(ValidationMetric value) {
            metric = value;
            return this;
        }

        public ValidationSettings build() {
            return new ValidationSettings(share, windows, every, patience, metric);
        }
    }
}
