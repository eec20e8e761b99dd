package io.tickformer.training;

import io.tickformer.annotation.Internal;
import java.util.Locale;

/**
 * The metric that selects the exported parameters and decides about early stopping. Lower is
 * better.
 */
@Internal
public enum ValidationMetric {
    /** The pinball loss of the quantiles, in standard deviations of each series. */
    PINBALL,
    /** The squared error of the point forecast, in standard deviations of each series. */
    MSE,
    /** The absolute error of the point forecast, in standard deviations of each series. */
    MAE,
    /** The training loss, in the frames of the tokens. */
    LOSS;

    /** The value of this metric. */
    public double of(ValidationScores scores) {
        return switch (this) {
            case PINBALL -> scores.pinball();
            case MSE -> scores.mse();
            case MAE -> scores.mae();
            case LOSS -> scores.loss();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
