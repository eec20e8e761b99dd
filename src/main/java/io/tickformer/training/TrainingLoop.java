package io.tickformer.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Trains one run until all steps are done, early stopping or an interruption. It keeps the best
 * parameters and writes training snapshots.
 *
 * <p>The result is a function of the initial state, the settings and the data; the clock only
 * measures the duration.
 */
final class TrainingLoop {
    private static final double NANOS_A_SECOND = 1e9;

    /** Writes training snapshots. */
    @FunctionalInterface
    interface Snapshots {
        void write(RunState state) throws IOException;
    }

    private final TrainingData data;
    private final TrainingSettings settings;
    private final int run;
    private final long seed;
    private final TrainingListener listener;
    private final Snapshots snapshots;
    private final LongSupplier nanoTime;
    private final long startedAt;
    private final RunState start;
    private RunState state;

    /**
     * @param run index of the run, from 0
     */
    TrainingLoop(
            TrainingData data,
            TrainingSettings settings,
            int run,
            RunState start,
            TrainingListener listener,
            Snapshots snapshots,
            LongSupplier nanoTime) {
        this.data = data;
        this.settings = settings;
        this.run = run;
        this.seed = settings.seedOf(run);
        this.start = start;
        this.state = start;
        this.listener = listener;
        this.snapshots = snapshots;
        this.nanoTime = nanoTime;
        this.startedAt = nanoTime.getAsLong();
    }

    /**
     * Trains until the run ends.
     *
     * @param step holds the initial state
     * @param fromTrained whether the initial parameters are those of a base model; they are
     *     validated, too
     * @param stopAsked whether to stop after the current step
     * @throws TrainingException if the loss is infinite or NaN
     * @throws IOException if a training snapshot cannot be written
     */
    EndedRun run(
            TrainingStep step, Validator validation, boolean fromTrained, BooleanSupplier stopAsked)
            throws IOException {
        WindowSampler sampler = new WindowSampler(data, seed, settings.augmentation());
        if (fromTrained && step.steps() == 0 && state.curve().isEmpty()) {
            validate(step, validation);
        }
        try (WindowBatch batch = new WindowBatch(data.spec(), settings.batch())) {
            while (step.steps() < settings.steps()) {
                if (state.validationsSinceBest() >= settings.validation().patience()) {
                    return end(StopReason.STOPPED_EARLY, step);
                }
                if (stopAsked.getAsBoolean()) {
                    EndedRun interrupted = end(StopReason.INTERRUPTED, step);
                    snapshots.write(interrupted.state());
                    return interrupted;
                }
                step(step, batch, sampler);
                boolean validated =
                        step.steps() % settings.validation().every() == 0
                                || step.steps() == settings.steps();
                if (validated) {
                    validate(step, validation);
                }
                listener.onStep(progress(step.steps(), validated));
                if (step.steps() % settings.snapshotEvery() == 0) {
                    snapshots.write(state.at(step.state(), seconds()));
                }
            }
            return end(StopReason.COMPLETED, step);
        }
    }

    private void step(TrainingStep step, WindowBatch batch, WindowSampler sampler) {
        long number = step.steps() + 1;
        sampler.fill(batch, number);
        TrainingStepResult result =
                step.step(
                        batch.named(),
                        settings.learningRateAt(number),
                        RandomStream.DROPOUT.at(seed, number));
        if (!result.isFinite()) {
            throw new TrainingException(
                    ("step %d has a loss of %s and a gradient of norm %s; expected finite numbers:"
                                    + " train with a lower learning rate than %s")
                            .formatted(
                                    number,
                                    result.loss(),
                                    result.gradientNorm(),
                                    settings.learningRate()));
        }
        state = state.stepped(result.loss());
    }

    private void validate(TrainingStep step, Validator validation) {
        ValidationScores scores = validation.of(step.average());
        state = state.validated(scores, settings.validation().metric(), step.state());
    }

    private EndedRun end(StopReason end, TrainingStep step) {
        return new EndedRun(end, state.at(step.state(), seconds()));
    }

    private double seconds() {
        return start.seconds() + (nanoTime.getAsLong() - startedAt) / NANOS_A_SECOND;
    }

    private TrainingProgress progress(long done, boolean validated) {
        double each = (seconds() - start.seconds()) / (done - start.optimiser().steps());
        return new TrainingProgress(
                run + 1,
                settings.seeds(),
                done,
                settings.steps(),
                state.recentLoss(),
                settings.validation().metric(),
                state.scores(),
                state.bestScores(),
                validated,
                each * (settings.steps() - done));
    }
}
