package io.tickformer.training;

import java.util.Locale;

/** What the trainings of several seeds become. */
public enum SeedCombination {
    /** The one that is best on validation. */
    BEST,
    /** All of them in one file that forecasts the mean of their forecasts. */
    ENSEMBLE,
    /**
     * One model with the mean of their weights (Wortsman et al. 2022, model soups): only of models
     * fine-tuned from one origin, as weights from different chances have nothing in common.
     */
    AVERAGE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
