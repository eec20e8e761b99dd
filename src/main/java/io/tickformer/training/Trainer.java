package io.tickformer.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * @throws io.tickformer.inference.InferenceException if the provider is not there
     * @throws IOException if a file cannot be read or written
     */
    public TrainingResult train(TrainingPlan plan) throws IOException {
        AtomicFile.requireWritable(plan.output());
        TrainingSettings settings = plan.settings();
        TrainingData data = plan.data();
        Map<String, String> description = plan.described(data.fingerprint());
        TrainingCourse start = start(plan, description);
        TrainingLoop loop =
                new TrainingLoop(
                        data,
                        settings,
                        start,
                        listener,
                        course -> new TrainingSnapshot(description, course).write(plan.snapshot()),
                        nanoTime);
        TrainingOutcome outcome = run(plan, data, start, loop);
        TrainingCourse course = outcome.course();
        String version = "";
        if (outcome.end() != TrainingEnd.INTERRUPTED) {
            version = export(plan, data, course.bestParameters());
            Files.deleteIfExists(plan.snapshot());
        }
        return new TrainingResult(
                outcome.end(),
                plan.output(),
                plan.snapshot(),
                version,
                course.bestParameters().length,
                data.borders(),
                settings.validation().metric(),
                course.bestScores(),
                List.of(TrainingRun.of(settings.seed(), outcome)),
                0);
    }

    private TrainingOutcome run(
            TrainingPlan plan, TrainingData data, TrainingCourse start, TrainingLoop loop)
            throws IOException {
        TrainingSettings settings = plan.settings();
        int batch = settings.batch();
        try (TrainingStep step =
                        TrainingStep.open(
                                plan.spec(), batch, settings.step(), start.state(), plan.runner());
                EvaluationStep evaluation =
                        EvaluationStep.open(
                                plan.spec(), batch, settings.step().meanWeight(), plan.runner());
                Validation validation =
                        new Validation(evaluation, data, settings.validation().windows(), batch)) {
            return loop.run(step, validation, plan.origin() != null, () -> stopAsked);
        }
    }

    private static TrainingCourse start(TrainingPlan plan, Map<String, String> description)
            throws IOException {
        if (!plan.resume()) {
            return TrainingCourse.from(plan.initialState());
        }
        Path file = plan.snapshot();
        if (!Files.exists(file)) {
            throw new TrainingException(
                    file
                            + ": there is no training snapshot to resume from; train without --resume");
        }
        TrainingSnapshot snapshot = TrainingSnapshot.read(file);
        snapshot.requireDescription(file, description);
        return snapshot.course();
    }

    /** Writes the file and returns the model's version. */
    private static String export(TrainingPlan plan, TrainingData data, float[] parameters)
            throws IOException {
        ModelExport export = new ModelExport(plan.spec(), parameters);
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
