package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.history.History;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One trainer serves models that mix channels, too. */
class ChannelTrainingTest {
    @TempDir private Path directory;

    static List<String> architectures() {
        return List.copyOf(TestModels.everyArchitecture().keySet());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void everyArchitectureLearnsFromRecordsWithGapsAndItsFileOpens(String architecture)
            throws IOException {
        ForecastSpec single = TestModels.everyArchitecture().get(architecture);
        ForecastSpec spec =
                ForecastSpec.of(
                                Histories.HOUR,
                                single.contextLength(),
                                single.horizon(),
                                single.network())
                        .withChannels(ChannelHistories.CHANNELS);
        List<Double> losses = new ArrayList<>();
        Trainer trainer =
                new Trainer(
                        progress -> {
                            if (progress.validated()) {
                                losses.add(progress.metric().of(progress.validation()));
                            }
                        });
        Path output = directory.resolve("m.onnx");

        trainer.train(plan(ChannelHistories.gappy(400), spec, settings(60, 10), output));

        assertThat(losses.get(losses.size() - 1)).isLessThan(0.95 * losses.get(0));
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec()).isEqualTo(spec);
        }
    }

    @Test
    void aModelThatMixesChannelsForecastsWhatOneOfThemTellsOfTheOther() throws IOException {
        ForecastSpec independent = TestSpecs.streaming(Histories.HOUR, 4, 4, 4, 1, 16, 2, 32);
        History history = ChannelHistories.leading(3_000, independent.horizon());
        Path output = directory.resolve("m.onnx");

        double alone =
                new Trainer(TrainingListener.NONE)
                        .train(plan(history, independent, settings(400, 50), output))
                        .validation()
                        .mse();
        double together =
                new Trainer(TrainingListener.NONE)
                        .train(
                                plan(
                                        history,
                                        independent.withChannels(ChannelHistories.CHANNELS),
                                        settings(400, 50),
                                        output))
                        .validation()
                        .mse();

        // Channel b is noise to both; of a, half of all targets, mixing knows every step.
        assertThat(alone).isGreaterThan(0.9);
        assertThat(together).isLessThan(0.75 * alone);
    }

    @Test
    void anEnsembleOfModelsThatMixChannelsIsOneFile() throws IOException {
        ForecastSpec spec = Histories.smallSpec().withChannels(ChannelHistories.CHANNELS);
        Path output = directory.resolve("m.onnx");

        TrainingResult result =
                new Trainer(TrainingListener.NONE)
                        .train(
                                plan(
                                        ChannelHistories.gappy(300),
                                        spec,
                                        settings(4, 2).toBuilder()
                                                .seeds(2)
                                                .combination(SeedCombination.ENSEMBLE)
                                                .build(),
                                        output));

        assertThat(result.validation().pinball()).isPositive();
        assertThat(BaseModel.read(output).metadata().spec().channels()).containsExactly("a", "b");
    }

    @Test
    void aShorterHorizonIsTheFirstStepsOfEveryChannel() throws IOException {
        Path file = directory.resolve("origin.onnx");
        for (String architecture : List.of("streaming", "nlinear")) {
            ForecastSpec spec =
                    TestModels.everyArchitecture()
                            .get(architecture)
                            .withChannels(ChannelHistories.CHANNELS);
            Files.write(file, TestModels.transformer(spec, 5));
            BaseModel origin = BaseModel.read(file);
            ForecastSpec shorter = origin.spec(spec.tickMillis(), 3);
            ModelExport export = new ModelExport(shorter, origin.parametersFor(shorter));

            List<Forecast> whole = forecasts(Files.readAllBytes(file));
            List<Forecast> first = forecasts(export.write("m", "none", ""));

            assertThat(first).hasSize(2);
            for (int channel = 0; channel < 2; channel++) {
                for (int step = 0; step < 3; step++) {
                    assertThat(first.get(channel).mean()[step])
                            .isCloseTo(whole.get(channel).mean()[step], within(1e-4));
                    assertThat(first.get(channel).quantile(step, 1))
                            .isCloseTo(whole.get(channel).quantile(step, 1), within(1e-4));
                }
            }
        }
    }

    private static List<Forecast> forecasts(byte[] file) {
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(model.spec());
            for (int tick = 0; tick < 30; tick++) {
                context.update(tick, new double[] {Math.sin(tick / 3.0), 50 + tick % 4});
            }
            batch.add(context);
            batch.run();
            List<Forecast> forecasts = new ArrayList<>();
            batch.forecasts(0, "r", forecasts::add);
            return forecasts;
        }
    }

    @Test
    void changedWindowsOfChannelsAreTheSameForTheSameSeed() {
        ForecastSpec spec = Histories.smallSpec().withChannels(ChannelHistories.CHANNELS);
        TrainingData data = Histories.data(ChannelHistories.gappy(400), spec);
        Augmentation.Part always = new Augmentation.Part(1, 0.3);
        Augmentation all = new Augmentation(always, always, always, always, always);
        try (WindowBatch one = new WindowBatch(spec, 8);
                WindowBatch two = new WindowBatch(spec, 8);
                WindowBatch plain = new WindowBatch(spec, 8)) {
            new WindowSampler(data, 1, all).fill(one, 1);
            new WindowSampler(data, 1, all).fill(two, 1);
            new WindowSampler(data, 1).fill(plain, 1);

            assertThat(one.values().toFloats()).isEqualTo(two.values().toFloats());
            assertThat(one.values().toFloats()).isNotEqualTo(plain.values().toFloats());
            assertThat(one.weights().toFloats()).isEqualTo(two.weights().toFloats());
        }
    }

    private static TrainingPlan plan(
            History history, ForecastSpec spec, TrainingSettings settings, Path output) {
        return TrainingPlan.builder()
                .history(history)
                .spec(spec)
                .settings(settings)
                .runner(new RunnerOptions(ExecutionProvider.CPU, 1))
                .output(output)
                .build();
    }

    private static TrainingSettings settings(int steps, int every) {
        return TrainingSettings.builder()
                .steps(steps)
                .batch(16)
                .learningRate(1e-2)
                .warmUpSteps(5)
                .optimiser(OptimiserSettings.DEFAULT.withDropout(0))
                .seed(3)
                .validation(
                        ValidationSettings.builder()
                                .share(0.2)
                                .windows(64)
                                .every(every)
                                .patience(20)
                                .build())
                .snapshotEvery(steps)
                .build();
    }
}
