package io.tickformer.training;

import io.tickformer.annotation.Internal;
import java.util.Locale;

/** How the runs of several seeds are combined to one model. */
@Internal
public enum SeedCombination {
    /** The run with the best validation score. */
    BEST,
    /** An ensemble of all runs in one file; its forecast is the mean of their forecasts. */
    ENSEMBLE,
    /**
     * One model with the mean of their weights (Wortsman et al. 2022, model soups). This requires
     * models that were fine-tuned from the same base model, since weights from different random
     * initialisations cannot be averaged.
     */
    AVERAGE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
