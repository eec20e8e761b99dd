package io.tickformer.training;

import java.util.Objects;

/**
 * How a training is watched, and which of its parameters are kept.
 *
 * @param share share of the time spanned, its last part, that validates, in (0, 0.5]
 * @param windows windows validated on, at most
 * @param every steps from one validation to the next
 * @param patience validations without improvement after which training stops
 * @param metric what has to improve
 */
public record ValidationSettings(
        double share, int windows, int every, int patience, ValidationMetric metric) {
    public static final ValidationSettings DEFAULT =
            new ValidationSettings(0.1, 512, 50, 10, ValidationMetric.PINBALL);

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
}
