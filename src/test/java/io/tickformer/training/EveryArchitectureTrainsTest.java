package io.tickformer.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One trainer serves all architectures. */
class EveryArchitectureTrainsTest {
    private static final int STEPS = 60;

    @TempDir private Path directory;

    static List<String> architectures() {
        return List.copyOf(TestModels.everyArchitecture().keySet());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theValidationLossFallsAndTheFileOpens(String architecture) throws IOException {
        ForecastSpec spec = hourly(TestModels.everyArchitecture().get(architecture));
        List<Double> losses = new ArrayList<>();
        Trainer trainer =
                new Trainer(
                        progress -> {
                            if (progress.validated()) {
                                losses.add(progress.metric().of(progress.validation()));
                            }
                        });
        Path output = directory.resolve("m.onnx");

        trainer.train(
                TrainingPlan.builder()
                        .history(Histories.sines(2, 400))
                        .spec(spec)
                        .settings(settings())
                        .runner(new RunnerOptions(ExecutionProvider.CPU, 1))
                        .output(output)
                        .build());

        assertThat(losses).hasSize(6);
        assertThat(losses.get(5)).isLessThan(0.9 * losses.get(0));
        try (ForecastModel model =
                ForecastModel.open(Files.readAllBytes(output), ExecutionProvider.CPU)) {
            assertThat(model.spec()).isEqualTo(spec);
        }
    }

    private static ForecastSpec hourly(ForecastSpec spec) {
        return ForecastSpec.of(
                Histories.HOUR, spec.contextLength(), spec.horizon(), spec.network());
    }

    private static TrainingSettings settings() {
        OptimiserSettings step = OptimiserSettings.DEFAULT.withDropout(0);
        return TrainingSettings.builder()
                .steps(STEPS)
                .batch(16)
                .learningRate(1e-2)
                .warmUpSteps(5)
                .optimiser(step)
                .seed(3)
                .validation(
                        ValidationSettings.builder()
                                .share(0.2)
                                .windows(32)
                                .every(10)
                                .patience(10)
                                .build())
                .snapshotEvery(STEPS)
                .build();
    }
}
