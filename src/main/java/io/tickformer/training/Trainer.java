package io.tickformer.training;

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
 * Trains a model and leaves its file: history to windows, windows to steps, the best parameters to
 * an ONNX file that is proved to answer as training did.
 *
 * <p>{@link #stop} may be called from any thread; the rest belongs to the thread that trains.
 */
public final class Trainer {
    private static final int WINDOWS_TO_PROVE = 8;

    private final TrainingListener listener;
    private final LongSupplier nanoTime;
    private volatile boolean stopAsked;

    /** A trainer on the system's clock. */
    public Trainer(TrainingListener listener) {
        this(listener, System::nanoTime);
    }

    /**
     * @param nanoTime tells how long it takes; nothing else depends on it
     */
    public Trainer(TrainingListener listener, LongSupplier nanoTime) {
        this.listener = Objects.requireNonNull(listener, "listener");
        this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    }

    /** Asks to end after the step under way, with a training snapshot. */
    public void stop() {
        stopAsked = true;
    }

    /**
     * Trains as planned.
     *
     * @throws TrainingException if the history is too short, the snapshot to resume from belongs to
     *     another training or is none, or the loss is no longer finite
     * @throws io.tickformer.history.HistoryException if the history does not fit the tick
     * @throws io.tickformer.inference.runtime.InferenceException if the provider is not there
     * @throws IOException if a file cannot be read or written
     */
    public TrainingResult train(TrainingPlan plan) throws IOException {
        AtomicFile.requireWritable(plan.output());
        TrainingSettings settings = plan.settings();
        TrainingData data = plan.data();
        Map<String, String> description = plan.described(data.fingerprint());
        TrainingSnapshot start = start(plan, description);
        List<TrainingOutcome> done = new ArrayList<>(start.done());
        while (done.size() < settings.seeds()) {
            int run = done.size();
            boolean goesOn = run == start.done().size();
            TrainingCourse from =
                    goesOn
                            ? start.course()
                            : TrainingCourse.from(plan.initialState(settings.seedOf(run)));
            List<TrainingOutcome> before = List.copyOf(done);
            TrainingLoop loop =
                    new TrainingLoop(
                            data,
                            settings,
                            run,
                            from,
                            listener,
                            course ->
                                    new TrainingSnapshot(description, before, course)
                                            .write(plan.snapshot()),
                            nanoTime);
            TrainingOutcome outcome = run(plan, data, from, loop);
            done.add(outcome);
            if (outcome.end() == TrainingEnd.INTERRUPTED) {
                return result(plan, data, done, "", outcome.course().bestScores(), run);
            }
        }
        Combined combined = Combined.of(plan, settings.combination(), done);
        ValidationScores scores = scores(plan, data, combined, done);
        String version = export(plan, data, combined);
        Files.deleteIfExists(plan.snapshot());
        return result(plan, data, done, version, scores, combined.chosen());
    }

    private static TrainingResult result(
            TrainingPlan plan,
            TrainingData data,
            List<TrainingOutcome> done,
            String version,
            ValidationScores scores,
            int chosen) {
        TrainingSettings settings = plan.settings();
        List<TrainingRun> runs = new ArrayList<>();
        for (TrainingOutcome outcome : done) {
            runs.add(TrainingRun.of(settings.seedOf(runs.size()), outcome));
        }
        int parameters = done.get(chosen).course().bestParameters().length;
        boolean ensemble = settings.combination() == Combination.ENSEMBLE && runs.size() > 1;
        return new TrainingResult(
                done.get(done.size() - 1).end() == TrainingEnd.INTERRUPTED
                        ? TrainingEnd.INTERRUPTED
                        : done.get(chosen).end(),
                plan.output(),
                plan.snapshot(),
                version,
                ensemble ? parameters * runs.size() : parameters,
                data.borders(),
                settings.validation().metric(),
                scores,
                runs,
                runs.size() == 1 ? Combination.BEST : settings.combination(),
                chosen);
    }

    private TrainingOutcome run(
            TrainingPlan plan, TrainingData data, TrainingCourse start, TrainingLoop loop)
            throws IOException {
        TrainingSettings settings = plan.settings();
        try (TrainingStep step =
                        TrainingStep.open(
                                plan.spec(),
                                settings.batch(),
                                settings.step(),
                                start.state(),
                                plan.runner());
                EvaluationStep evaluation = evaluation(plan, plan.spec());
                Validation validation = validation(plan, data, evaluation)) {
            return loop.run(step, validation, plan.origin() != null, () -> stopAsked);
        }
    }

    /** Of what the runs became: known where that is one of them. */
    private static ValidationScores scores(
            TrainingPlan plan, TrainingData data, Combined combined, List<TrainingOutcome> done) {
        if (combined.parameters() == done.get(combined.chosen()).course().bestParameters()) {
            return done.get(combined.chosen()).course().bestScores();
        }
        try (EvaluationStep evaluation = evaluation(plan, combined.spec());
                Validation validation = validation(plan, data, evaluation);
                HostTensor flat =
                        HostTensor.of(combined.parameters(), combined.parameters().length)) {
            return validation.of(flat);
        }
    }

    private static EvaluationStep evaluation(TrainingPlan plan, ForecastSpec spec) {
        TrainingSettings settings = plan.settings();
        return EvaluationStep.open(
                spec, settings.batch(), settings.step().meanWeight(), plan.runner());
    }

    private static Validation validation(
            TrainingPlan plan, TrainingData data, EvaluationStep evaluation) {
        TrainingSettings settings = plan.settings();
        return new Validation(evaluation, data, settings.validation().windows(), settings.batch());
    }

    private static TrainingSnapshot start(TrainingPlan plan, Map<String, String> description)
            throws IOException {
        if (!plan.resume()) {
            TrainingState initial = plan.initialState(plan.settings().seed());
            return new TrainingSnapshot(description, List.of(), TrainingCourse.from(initial));
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
    private static String export(TrainingPlan plan, TrainingData data, Combined combined)
            throws IOException {
        ModelExport export = new ModelExport(combined.spec(), combined.parameters());
        String origin = plan.origin() == null ? "" : plan.origin().label();
        byte[] file = export.write(plan.modelName(), data.fingerprint(), origin);
        try (WindowBatch batch = new WindowBatch(plan.spec(), WINDOWS_TO_PROVE)) {
            new WindowSampler(data, plan.settings().seed()).fill(batch, 0);
            export.verify(file, batch);
        }
        AtomicFile.write(plan.output(), file);
        return export.version();
    }
}
