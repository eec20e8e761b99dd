package io.tickformer.training;

/** Hears how a training goes, on the thread that trains. */
@FunctionalInterface
public interface TrainingListener {
    /** Hears nothing. */
    TrainingListener NONE = progress -> {};

    /** Called after every step. */
    void onStep(TrainingProgress progress);
}
