package io.tickformer.training;

/** Receives the progress of a training, on the training thread. */
@FunctionalInterface
public interface TrainingListener {
    /** Ignores the progress. */
    TrainingListener NONE = progress -> {};

    /** Called after every step. */
    void onStep(TrainingProgress progress);
}
