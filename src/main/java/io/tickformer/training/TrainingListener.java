package io.tickformer.training;

import io.tickformer.annotation.Public;

/** Receives the progress of a training, on the training thread. */
@FunctionalInterface
@Public
public interface TrainingListener {
    /** Ignores the progress. */
    TrainingListener NONE = progress -> {};

    /** Called after every step. */
    void onStep(TrainingProgress progress);
}
