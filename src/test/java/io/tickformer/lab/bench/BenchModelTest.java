package io.tickformer.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.runtime.ExecutionProvider;
import org.junit.jupiter.api.Test;

class BenchModelTest {
    @Test
    void bothModelsLookBackEquallyFar() {
        assertThat(BenchModel.STREAMING.spec().contextLength()).isEqualTo(544);
        assertThat(BenchModel.VANILLA.spec().contextLength()).isEqualTo(544);
    }

    @Test
    void aModelIsAlwaysTheSameAndOpens() {
        byte[] onnx = BenchModel.STREAMING.onnx();
        assertThat(BenchModel.STREAMING.onnx()).isEqualTo(onnx);
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            assertThat(model.spec()).isEqualTo(BenchModel.STREAMING.spec());
        }
    }
}
