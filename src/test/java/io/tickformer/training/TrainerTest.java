package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.history.History;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LibraryVersion;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final RunnerOptions ONE_THREAD = new RunnerOptions(ExecutionProvider.CPU, 1);

    @TempDir private Path directory;

    private final ForecastSpec spec = Histories.smallSpec();
    private final History history = Histories.sines(2, 400);

    @Test
    void oneSeedGivesOneFileAndAnotherSeedAnother() throws IOException {
        byte[] first = trained("first/m.onnx", settings(24, 7));
        byte[] again = trained("again/m.onnx", settings(24, 7));
        byte[] other = trained("other/m.onnx", settings(24, 8));

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void anInterruptedAndResumedTrainingGivesTheFileOfAnUndisturbedOne() throws IOException {
        TrainingSettings settings = settings(24, 7);
        byte[] undisturbed = trained("undisturbed/m.onnx", settings);

        for (int step : new int[] {1, 10, 13}) {
            Path output = directory.resolve("resumed" + step + "/m.onnx");
            Trainer[] trainer = new Trainer[1];
            trainer[0] = new Trainer(progress -> stopAt(trainer[0], progress, step));
            TrainingResult interrupted = trainer[0].train(plan(output, settings, false));

            assertThat(interrupted.stopReason()).isEqualTo(StopReason.INTERRUPTED);
            assertThat(interrupted.run().steps()).isEqualTo(step);
            assertThat(output).doesNotExist();
            assertThat(interrupted.snapshot()).exists();

            TrainingResult resumed =
                    new Trainer(TrainingListener.NONE).train(plan(output, settings, true));
            assertThat(resumed.run().steps()).isEqualTo(24);
            assertThat(Files.readAllBytes(output)).isEqualTo(undisturbed);
            assertThat(resumed.snapshot()).doesNotExist();
        }
    }

    private static void stopAt(Trainer trainer, TrainingProgress progress, int step) {
        if (progress.step() == step) {
            trainer.stop();
        }
    }

    @Test
    void theBestOfSeveralSeedsIsTheOneThatIsBestAlone() throws IOException {
        TrainingResult three =
                train(
                        "three/m.onnx",
                        settings(10, 7).toBuilder()
                                .seeds(3)
                                .combination(SeedCombination.BEST)
                                .build());

        assertThat(three.runs()).extracting(RunSummary::seed).containsExactly(7L, 8L, 9L);
        double best = Double.POSITIVE_INFINITY;
        for (RunSummary run : three.runs()) {
            best = Math.min(best, run.validation().pinball());
        }
        assertThat(three.validation().pinball()).isEqualTo(best);
        assertThat(Files.readAllBytes(three.output()))
                .isEqualTo(trained("alone/m.onnx", settings(10, three.run().seed())));
    }

    @Test
    void anEnsembleForecastsTheMeanOfItsMembersForecasts() throws IOException {
        TrainingResult both =
                train(
                        "both/m.onnx",
                        settings(10, 7).toBuilder()
                                .seeds(2)
                                .combination(SeedCombination.ENSEMBLE)
                                .build());
        Forecast ensemble = forecast(Files.readAllBytes(both.output()));
        Forecast first = forecast(trained("first/m.onnx", settings(10, 7)));
        Forecast second = forecast(trained("second/m.onnx", settings(10, 8)));

        for (int i = 0; i < ensemble.quantiles().length; i++) {
            assertThat(ensemble.quantiles()[i])
                    .isCloseTo((first.quantiles()[i] + second.quantiles()[i]) / 2.0, within(1e-4));
        }
        for (int i = 0; i < ensemble.mean().length; i++) {
            assertThat(ensemble.mean()[i])
                    .isCloseTo((first.mean()[i] + second.mean()[i]) / 2.0, within(1e-4));
        }
        assertThat(both.parameters()).isEqualTo(2 * train("x/m.onnx", settings(1, 1)).parameters());
        assertThat(both.validation().pinball()).isPositive();
        assertThat(both.validation()).isNotEqualTo(both.runs().get(0).validation());
    }

    private static Forecast forecast(byte[] file) {
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(model.spec());
            for (int tick = 0; tick < 50; tick++) {
                context.update(tick, Math.sin(tick / 4.0));
            }
            batch.add(context);
            batch.run();
            return batch.forecast(0, "s");
        }
    }

    @Test
    void anInterruptedTrainingOfSeveralSeedsGoesOnWithTheSeedItWasAt() throws IOException {
        TrainingSettings settings =
                settings(10, 7).toBuilder().seeds(2).combination(SeedCombination.ENSEMBLE).build();
        byte[] undisturbed = trained("undisturbed/m.onnx", settings);
        Path output = directory.resolve("resumed/m.onnx");
        Trainer[] trainer = new Trainer[1];
        trainer[0] =
                new Trainer(
                        progress -> {
                            if (progress.run() == 2 && progress.step() == 3) {
                                trainer[0].stop();
                            }
                        });
        TrainingResult interrupted = trainer[0].train(plan(output, settings, false));
        assertThat(interrupted.stopReason()).isEqualTo(StopReason.INTERRUPTED);
        assertThat(interrupted.runs()).hasSize(2);

        List<Integer> runsSeen = new ArrayList<>();
        new Trainer(progress -> runsSeen.add(progress.run())).train(plan(output, settings, true));

        assertThat(runsSeen).hasSize(7).containsOnly(2);
        assertThat(Files.readAllBytes(output)).isEqualTo(undisturbed);
    }

    @Test
    void weightsFromDifferentChancesAreNotAveraged() {
        assertThatThrownBy(
                        () ->
                                plan(
                                        directory.resolve("m.onnx"),
                                        settings(10, 7).toBuilder()
                                                .seeds(2)
                                                .combination(SeedCombination.AVERAGE)
                                                .build(),
                                        false))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith("combination is average; expected best or ensemble for");
    }

    @Test
    void aSnapshotOfOtherSettingsIsRefusedNamingThem() throws IOException {
        Path output = directory.resolve("m.onnx");
        Trainer[] trainer = new Trainer[1];
        trainer[0] = new Trainer(progress -> trainer[0].stop());
        TrainingResult interrupted = trainer[0].train(plan(output, settings(24, 7), false));

        assertThatThrownBy(
                        () ->
                                new Trainer(TrainingListener.NONE)
                                        .train(plan(output, settings(24, 8), true)))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        interrupted.snapshot()
                                + ": the training snapshot belongs to another training: seed was 7"
                                + " and is now 8; resume with what it was started with, or train"
                                + " anew without --resume");
    }

    @Test
    void resumingWithoutASnapshotIsRefused() {
        Path output = directory.resolve("m.onnx");

        assertThatThrownBy(
                        () ->
                                new Trainer(TrainingListener.NONE)
                                        .train(plan(output, settings(24, 7), true)))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        output
                                + ".snapshot: there is no training snapshot to resume from; train"
                                + " without --resume");
    }

    @Test
    void theFileSaysWhatItIsAndWhatItLearntFrom() throws IOException {
        byte[] file = trained("meters.onnx", settings(4, 7));
        ModelMetadata metadata =
                ModelMetadata.fromProperties(OnnxFile.read(file).metadata()).orElseThrow();

        assertThat(metadata.spec()).isEqualTo(spec);
        assertThat(metadata.name()).isEqualTo("meters");
        assertThat(metadata.version()).matches("[0-9a-f]{12}");
        assertThat(metadata.trainingDataFingerprint()).isEqualTo(history.fingerprint());
        assertThat(metadata.libraryVersion()).isEqualTo(LibraryVersion.current());
    }

    @Test
    void aSineIsForecastBetterThanByRepeatingItsLastDay() throws IOException {
        int trainedTicks = 1200;
        History sines = Histories.sines(1, trainedTicks);
        ForecastSpec daily = TestSpecs.streaming(Histories.HOUR, 8, 4, 12, 2, 16, 2, 32);
        Path output = directory.resolve("sine.onnx");
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(500)
                        .batch(16)
                        .learningRate(3e-3)
                        .warmUpSteps(20)
                        .seed(1)
                        .validation(validation(0.1, 128, 50, 10))
                        .snapshotEvery(1000)
                        .build();
        new Trainer(TrainingListener.NONE)
                .train(
                        TrainingPlan.builder()
                                .history(sines)
                                .spec(daily)
                                .settings(settings)
                                .runner(ONE_THREAD)
                                .output(output)
                                .build());

        double[] values = Histories.sines(1, trainedTicks + 300).series().get(0).values();
        double modelError = 0;
        double naiveError = 0;
        SeriesContext context = SeriesContext.of(daily);
        try (ForecastModel model =
                        ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            int median = daily.quantileLevels().indexOf(0.5);
            for (int tick = 0; tick + daily.horizon() < values.length; tick++) {
                if (Double.isNaN(values[tick])) {
                    context.advanceTo(tick);
                    continue;
                }
                context.update(tick, values[tick]);
                if (tick < trainedTicks) {
                    continue;
                }
                batch.add(context);
                batch.run();
                Forecast forecast = batch.forecast(0, "s0");
                batch.clear();
                for (int step = 0; step < daily.horizon(); step++) {
                    double real = values[tick + 1 + step];
                    double dayBefore = values[tick + 1 + step - 24];
                    if (!Double.isNaN(real) && !Double.isNaN(dayBefore)) {
                        modelError += Math.abs(real - forecast.quantile(step, median));
                        naiveError += Math.abs(real - dayBefore);
                    }
                }
            }
        }
        assertThat(modelError).isLessThan(naiveError);
    }

    @Test
    void trainingStopsOnceTheValidationLossNoLongerImproves() throws IOException {
        // Noise holds nothing to learn: the loss soon stops falling.
        History noise = Histories.noise(400);
        List<TrainingProgress> validations = new ArrayList<>();
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(4000)
                        .batch(8)
                        .learningRate(1e-2)
                        .warmUpSteps(0)
                        .seed(1)
                        .validation(validation(0.2, 64, 10, 3))
                        .snapshotEvery(5000)
                        .build();
        TrainingPlan plan =
                TrainingPlan.builder()
                        .history(noise)
                        .spec(spec)
                        .settings(settings)
                        .runner(ONE_THREAD)
                        .output(directory.resolve("noise.onnx"))
                        .build();

        TrainingResult result = new Trainer(progress -> note(validations, progress)).train(plan);

        assertThat(result.stopReason()).isEqualTo(StopReason.STOPPED_EARLY);
        RunSummary run = result.run();
        assertThat(run.steps()).isLessThan(4000).isEqualTo(run.bestStep() + 3 * 10);
        double best = Double.POSITIVE_INFINITY;
        for (TrainingProgress validation : validations) {
            best = Math.min(best, validation.validation().pinball());
        }
        assertThat(result.validation().pinball()).isEqualTo(best);
        assertThat(run.curve()).hasSameSizeAs(validations);
        for (int i = 0; i < validations.size(); i++) {
            assertThat(run.curve().get(i).step()).isEqualTo(validations.get(i).step());
            assertThat(run.curve().get(i).trainingLoss()).isEqualTo(validations.get(i).loss());
            assertThat(run.curve().get(i).validation()).isEqualTo(validations.get(i).validation());
        }
    }

    private static void note(List<TrainingProgress> validations, TrainingProgress progress) {
        if (progress.validated()) {
            validations.add(progress);
        }
    }

    @Test
    void aLearningRateThatBreaksTheLossIsNamed() {
        TrainingSettings settings =
                TrainingSettings.builder()
                        .steps(200)
                        .batch(8)
                        .learningRate(1e30)
                        .warmUpSteps(0)
                        .seed(1)
                        .validation(validation(0.2, 64, 50, 3))
                        .snapshotEvery(5000)
                        .build();

        assertThatThrownBy(
                        () ->
                                new Trainer(TrainingListener.NONE)
                                        .train(plan(directory.resolve("m.onnx"), settings, false)))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("expected finite numbers")
                .hasMessageEndingWith("train with a lower learning rate than 1.0E30");
    }

    @Test
    void anOutputThatIsNoOnnxFileIsRefused() {
        assertThatThrownBy(() -> plan(Path.of("model.bin"), settings(4, 1), false))
                .isInstanceOf(TrainingException.class)
                .hasMessage("the output is model.bin; expected a file that ends in .onnx");
    }

    private byte[] trained(String output, TrainingSettings settings) throws IOException {
        return Files.readAllBytes(train(output, settings).output());
    }

    private TrainingResult train(String output, TrainingSettings settings) throws IOException {
        return new Trainer(TrainingListener.NONE)
                .train(plan(directory.resolve(output), settings, false));
    }

    private TrainingPlan plan(Path output, TrainingSettings settings, boolean resume) {
        return TrainingPlan.builder()
                .history(history)
                .spec(spec)
                .settings(settings)
                .runner(ONE_THREAD)
                .output(output)
                .resume(resume)
                .build();
    }

    private static TrainingSettings settings(int steps, long seed) {
        OptimiserSettings step = OptimiserSettings.DEFAULT.withAverageDecay(0.9);
        return TrainingSettings.builder()
                .steps(steps)
                .batch(4)
                .learningRate(1e-3)
                .warmUpSteps(5)
                .optimiser(step)
                .seed(seed)
                .validation(validation(0.2, 32, 5, 10))
                .snapshotEvery(8)
                .build();
    }

    private static ValidationSettings validation(
            double share, int windows, int every, int patience) {
        return ValidationSettings.builder()
                .share(share)
                .windows(windows)
                .every(every)
                .patience(patience)
                .build();
    }
}
