package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tickformer.context.SeriesContext;
import io.tickformer.event.Forecast;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.MicroBatch;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.onnx.OnnxFile;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.LinearArchitecture;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaseModelTest {
    @TempDir private Path directory;

    @Test
    void whatAShorterHorizonStartsFromForecastsTheFirstStepsOfTheOrigin() throws IOException {
        for (ForecastSpec spec :
                new ForecastSpec[] {
                    TestModels.STREAMING,
                    ForecastSpec.of(
                            60_000,
                            10,
                            4,
                            LinearArchitecture.of(LinearArchitecture.Variant.DLINEAR, 10))
                }) {
            byte[] file = TestModels.transformer(spec, 5);
            BaseModel origin = read(file);
            ForecastSpec shorter = origin.spec(60_000, 2);
            byte[] shorterFile =
                    new ModelExport(shorter, origin.parametersFor(shorter)).write("m", "", "");

            Forecast whole = forecast(file);
            Forecast first = forecast(shorterFile);
            assertThat(first.horizon()).isEqualTo(2);
            int values = 2 * spec.quantileLevels().size();
            // Not to the last bit: a product of other columns may be summed in another order.
            assertThat(first.quantiles())
                    .containsExactly(Arrays.copyOf(whole.quantiles(), values), within(1e-5));
            assertThat(first.mean()).containsExactly(Arrays.copyOf(whole.mean(), 2), within(1e-5));
        }
    }

    private static Forecast forecast(byte[] file) {
        try (ForecastModel model = ForecastModel.open(file, ExecutionProvider.CPU);
                MicroBatch batch = model.newMicroBatch(1, ForecastSelection.ALL)) {
            SeriesContext context = SeriesContext.of(model.spec());
            for (int tick = 0; tick < 30; tick++) {
                context.update(tick, Math.sin(tick / 3.0) + tick % 4);
            }
            batch.add(context);
            batch.run();
            return batch.forecast(0, "s");
        }
    }

    @Test
    void ticksMayHaveAnotherLengthAndTheRestIsTheOrigins() throws IOException {
        BaseModel origin = read(TestModels.transformer(TestModels.STREAMING, 5));
        ForecastSpec hourly = origin.spec(Histories.HOUR, 0);

        assertThat(hourly.tickMillis()).isEqualTo(Histories.HOUR);
        assertThat(hourly.horizon()).isEqualTo(4);
        assertThat(hourly.quantileLevels()).containsExactly(0.1, 0.5, 0.9);
        assertThat(origin.parametersFor(hourly)).isEqualTo(origin.parameters());
    }

    @Test
    void aLongerHorizonAndAnotherSpecAreRefused() throws IOException {
        BaseModel origin = read(TestModels.transformer(TestModels.STREAMING, 5));

        assertThatThrownBy(() -> origin.spec(60_000, 5))
                .isInstanceOf(TrainingException.class)
                .hasMessage(
                        "the horizon is 5; "
                                + directory.resolve("origin.onnx")
                                + " forecasts 4 ticks: ask for at most as many, or train from"
                                + " scratch, without --from");
        assertThatThrownBy(() -> origin.parametersFor(TestModels.VANILLA))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("only ticks and a shorter horizon may differ");
    }

    @Test
    void whatIsNoModelOfOursIsRefused() throws IOException {
        Path text = directory.resolve("text.onnx");
        Files.writeString(text, "date,load\n");

        assertThatThrownBy(() -> BaseModel.read(text))
                .isInstanceOf(TrainingException.class)
                .hasMessageStartingWith(text + ": training cannot start from this model: ")
                .hasMessageEndingWith("expected a file that `tickformer train` wrote");
    }

    @Test
    void fineTuningStartsFromTheOriginAndKeepsItWhereNothingIsBetter() throws IOException {
        Path first = directory.resolve("first.onnx");
        Path second = directory.resolve("second.onnx");
        train(null, first, 1e-2);
        // A learning rate so high that no step can improve on the start.
        TrainingResult result = train(BaseModel.read(first), second, 3);

        assertThat(result.run().bestStep()).isZero();
        assertThat(result.run().curve().get(0).step()).isZero();
        OnnxFile before = OnnxFile.read(Files.readAllBytes(first));
        OnnxFile after = OnnxFile.read(Files.readAllBytes(second));
        assertThat(after.initializers()).isEqualTo(before.initializers());
        ModelMetadata metadata = ModelMetadata.fromProperties(after.metadata()).orElseThrow();
        assertThat(metadata.baseModel())
                .isEqualTo(
                        "first "
                                + ModelMetadata.fromProperties(before.metadata())
                                        .orElseThrow()
                                        .version());
    }

    @Test
    void aHistoryShorterThanAContextIsEnoughToFineTuneOnButNotToStartFrom() throws IOException {
        Path first = directory.resolve("first.onnx");
        Path second = directory.resolve("second.onnx");
        train(null, first, 1e-2);
        int ticks = Histories.smallSpec().contextLength() + 2 * Histories.smallSpec().horizon() - 1;
        TrainingPlan fineTuning = plan(BaseModel.read(first), second, settings(1e-3), ticks);
        TrainingPlan fromChance = plan(null, second, settings(1e-3), ticks);

        assertThat(new Trainer(TrainingListener.NONE).train(fineTuning).run().steps()).isEqualTo(6);
        assertThatThrownBy(() -> new Trainer(TrainingListener.NONE).train(fromChance))
                .isInstanceOf(TrainingException.class)
                .hasMessageContaining("too little history, " + ticks + " ticks");
    }

    @Test
    void theWeightsOfModelsFineTunedFromOneOriginCanBeAveraged() throws IOException {
        Path first = directory.resolve("first.onnx");
        train(null, first, 1e-2);
        BaseModel origin = BaseModel.read(first);
        float[][] members = new float[2][];
        for (int i = 0; i < 2; i++) {
            Path member = directory.resolve("member" + i + ".onnx");
            train(origin, member, settings(1e-3).toBuilder().seed(1 + i).build());
            members[i] = BaseModel.read(member).parameters();
        }
        Path soup = directory.resolve("soup.onnx");
        TrainingResult result =
                train(
                        origin,
                        soup,
                        settings(1e-3).toBuilder()
                                .seeds(2)
                                .combination(SeedCombination.AVERAGE)
                                .build());

        float[] mean = BaseModel.read(soup).parameters();
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo((members[0][i] + members[1][i]) / 2, within(1e-6f));
        }
        assertThat(result.combination()).isEqualTo(SeedCombination.AVERAGE);
        assertThat(result.validation().pinball()).isPositive();
    }

    private static TrainingResult train(BaseModel origin, Path output, double learningRate)
            throws IOException {
        return train(origin, output, settings(learningRate));
    }

    private static TrainingResult train(BaseModel origin, Path output, TrainingSettings settings)
            throws IOException {
        return new Trainer(TrainingListener.NONE).train(plan(origin, output, settings, 300));
    }

    private static TrainingPlan plan(
            BaseModel origin, Path output, TrainingSettings settings, int ticks) {
        return TrainingPlan.builder()
                .history(Histories.sines(1, ticks))
                .spec(Histories.smallSpec())
                .baseModel(origin)
                .settings(settings)
                .runner(RunnerOptions.SERVING)
                .output(output)
                .build();
    }

    private static TrainingSettings settings(double learningRate) {
        return TrainingSettings.builder()
                .steps(6)
                .batch(4)
                .learningRate(learningRate)
                .warmUpSteps(0)
                .seed(1)
                .validation(
                        ValidationSettings.builder()
                                .share(0.2)
                                .windows(64)
                                .every(3)
                                .patience(10)
                                .build())
                .snapshotEvery(100)
                .build();
    }

    private BaseModel read(byte[] file) throws IOException {
        Path path = directory.resolve("origin.onnx");
        Files.write(path, file);
        return BaseModel.read(path);
    }
}
