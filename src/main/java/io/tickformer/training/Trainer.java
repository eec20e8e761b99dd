package io.tickformer.training;

import io.tickformer.annotation.Public;
import io.tickformer.inference.runtime.HostTensor;
import io.tickformer.spec.ForecastSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Trains a model and writes its file: it cuts windows from the history, trains one run for each
 * seed, combines the runs, exports the best parameters to an ONNX file, and verifies that the file
 * computes the same forecasts as the training graph.
 *
 * <p>{@link #stop} may be called from any thread; everything else belongs to the training thread.
 */
@Public
public final class Trainer {
    private static final int VERIFICATION_WINDOWS = 8;

    private final TrainingListener listener;
    private final LongSupplier nanoTime;
    private volatile boolean stopRequested;

    /** A trainer that uses the system clock. */
    public Trainer(TrainingListener listener) {
        this(listener, System::nanoTime);
    }

    /**
     * @param nanoTime measures the duration of the training; nothing else depends on it
     */
    public Trainer(TrainingListener listener, LongSupplier nanoTime) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** Requests the training to stop after the current step and to write a training snapshot. */
    public void stop() {
        stopRequested = true;
    }

    /**
     * Trains the model of a plan.
     *
     * @throws TrainingException if the history is too short, the training snapshot is missing or
     *     belongs to another training, or the loss becomes infinite or NaN
     * @throws io.tickformer.history.HistoryException if the history does not fit the tick
     * @throws io.tickformer.inference.runtime.InferenceException if the execution provider is not
     *     available
     * @throws IOException if a file cannot be read or written
     */
    public TrainingResult train(TrainingPlan plan) throws IOException {
        AtomicFile.requireWritable(plan.output());
        TrainingSettings settings = plan.settings();
        TrainingData data = plan.data();
        Map<String, String> description = plan.described(data.fingerprint());
        TrainingSnapshot start = start(plan, description);
        List<EndedRun> done = new ArrayList<>(start.done());
        while (done.size() < settings.seeds()) {
            int index = done.size();
            boolean isResumed = index == start.done().size();
            RunState from =
                    isResumed
                            ? start.run()
                            : RunState.from(plan.initialState(settings.seedOf(index)));
            List<EndedRun> before = List.copyOf(done);
            TrainingLoop loop =
                    new TrainingLoop(
                            data,
                            settings,
                            index,
                            from,
                            listener,
                            state ->
                                    new TrainingSnapshot(description, before, state)
                                            .write(plan.snapshot()),
                            nanoTime);
            EndedRun run = run(plan, data, from, loop);
            done.add(run);
            if (run.stopReason() == StopReason.INTERRUPTED) {
                return result(plan, data, done, "", run.state().bestScores(), index);
            }
        }
        CombinedModel combined = CombinedModel.of(plan, done);
        ValidationScores scores =
                combined.knownScores(done).orElseGet(() -> scores(plan, data, combined));
        String version = export(plan, data, combined);
        Files.deleteIfExists(plan.snapshot());
        return result(plan, data, done, version, scores, combined.chosen());
    }

    private static TrainingResult result(
            TrainingPlan plan,
            TrainingData data,
            List<EndedRun> done,
            String version,
            ValidationScores scores,
            int chosen) {
        TrainingSettings settings = plan.settings();
        List<RunSummary> runs = new ArrayList<>();
        for (EndedRun run : done) {
            runs.add(RunSummary.of(settings.seedOf(runs.size()), run));
        }
        int parameters = done.get(chosen).state().bestParameters().length;
        boolean ensemble = settings.combination() == SeedCombination.ENSEMBLE && runs.size() > 1;
        return new TrainingResult(
                done.get(done.size() - 1).stopReason() == StopReason.INTERRUPTED
                        ? StopReason.INTERRUPTED
                        : done.get(chosen).stopReason(),
                plan.output(),
                plan.snapshot(),
                version,
                ensemble ? parameters * runs.size() : parameters,
                data.borders(),
                settings.validation().metric(),
                scores,
                runs,
                runs.size() == 1 ? SeedCombination.BEST : settings.combination(),
                chosen);
    }

    private EndedRun run(TrainingPlan plan, TrainingData data, RunState start, TrainingLoop loop)
            throws IOException {
        TrainingSettings settings = plan.settings();
        try (TrainingStep step =
                        TrainingStep.open(
                                plan.spec(),
                                settings.batch(),
                                settings.optimiser(),
                                start.optimiser(),
                                plan.runner());
                WindowScorer evaluator = evaluator(plan, plan.spec());
                Validator validation = validation(plan, data, evaluator)) {
            return loop.run(step, validation, plan.baseModel() != null, () -> stopRequested);
        }
    }

    /** Validates weights that no single run has validated. */
    private static ValidationScores scores(
            TrainingPlan plan, TrainingData data, CombinedModel combined) {
        try (WindowScorer evaluator = evaluator(plan, combined.spec());
                Validator validation = validation(plan, data, evaluator);
                HostTensor flat =
                        HostTensor.of(combined.parameters(), combined.parameters().length)) {
            return validation.of(flat);
        }
    }

    private static WindowScorer evaluator(TrainingPlan plan, ForecastSpec spec) {
        TrainingSettings settings = plan.settings();
        return WindowScorer.open(
                spec, settings.batch(), settings.optimiser().meanWeight(), plan.runner());
    }

    private static Validator validation(
            TrainingPlan plan, TrainingData data, WindowScorer evaluator) {
        TrainingSettings settings = plan.settings();
        return new Validator(evaluator, data, settings.validation().windows(), settings.batch());
    }

    private static TrainingSnapshot start(TrainingPlan plan, Map<String, String> description)
            throws IOException {
        if (!plan.resume()) {
            OptimiserState initial = plan.initialState(plan.settings().seed());
            return new TrainingSnapshot(description, List.of(), RunState.from(initial));
        }
        Path file = plan.snapshot();
        if (!Files.exists(file)) {
            throw new TrainingException(
                    file
                            + ": there is no training snapshot to resume from; train without --resume");
        }
        TrainingSnapshot snapshot = TrainingSnapshot.read(file);
        snapshot.requireDescription(file, description);
        return snapshot;
    }

    /** Writes the file and returns the model's version. */
    private static String export(TrainingPlan plan, TrainingData data, CombinedModel combined)
            throws IOException {
        ModelExport export = new ModelExport(combined.spec(), combined.parameters());
        String baseModel = plan.baseModel() == null ? "" : plan.baseModel().label();
        byte[] file = export.write(plan.modelName(), data.fingerprint(), baseModel);
        try (WindowBatch batch = new WindowBatch(plan.spec(), VERIFICATION_WINDOWS)) {
            new WindowSampler(data, plan.settings().seed()).fill(batch, 0);
            export.verify(file, batch);
        }
        AtomicFile.write(plan.output(), file);
        return export.version();
    }
}
