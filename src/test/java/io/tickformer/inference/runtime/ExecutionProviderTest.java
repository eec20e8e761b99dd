package io.tickformer.inference.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.ForecastModel;
import io.tickformer.testing.TestModels;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExecutionProviderTest {
    private static final byte[] MODEL = TestModels.transformer(TestModels.STREAMING, 1);

    /** Holds with and without a GPU: either it runs there, or the words say what is missing. */
    @Test
    void cudaRunsOnAGpuOrSaysWhatIsMissing() {
        try (ForecastModel model = ForecastModel.open(MODEL, ExecutionProvider.CUDA)) {
            assertThat(model.provider()).isEqualTo(ExecutionProvider.CUDA);
        } catch (InferenceException e) {
            assertThat(e)
                    .hasMessageStartingWith("provider cuda ")
                    .hasMessageContaining("use provider cpu or auto");
            assertThat(e.getMessage())
                    .containsAnyOf("build with the Maven profile gpu", "NVIDIA GPU");
        }
    }

    @Test
    void autoAlwaysRuns() {
        try (ForecastModel model = ForecastModel.open(MODEL, ExecutionProvider.AUTO)) {
            assertThat(model.provider()).isIn(ExecutionProvider.CPU, ExecutionProvider.CUDA);
        }
    }

    @Test
    void theFallbackIsToldOnce() {
        List<String> log = new ArrayList<>();
        CpuFallbackNotice notice = new CpuFallbackNotice(log::add);

        notice.give("there is no GPU");
        notice.give("there is still none");

        assertThat(log).containsExactly("Models run on the CPU: there is no GPU");
    }
}
