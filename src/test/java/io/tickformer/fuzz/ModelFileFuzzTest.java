package io.tickformer.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickformer.inference.ForecastModel;
import io.tickformer.inference.ForecastSelection;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.testing.ForeignModels;

final class ModelFileFuzzTest {
    private static final ForecastSpec FOREIGN =
            ForeignModels.spec(
                    new ForeignArchitecture(
                            new ForeignTensor("x", "BT"),
                            null,
                            new ForeignTensor("q", "BHQ"),
                            new ForeignTensor("mean", "BH"),
                            false));

    @FuzzTest
    void everyModelIsOpenedOrRefusedInOneLine(byte[] onnx) {
        open(onnx, null);
        open(onnx, FOREIGN);
    }

    private static void open(byte[] onnx, ForecastSpec foreign) {
        try (ForecastModel model = ForecastModel.open(onnx, foreign, ExecutionProvider.CPU)) {
            if (model.objectionToIncremental().isEmpty()) {
                model.newIncrementalMicroBatch(1, ForecastSelection.ALL, CacheOptions.direct(0))
                        .close();
            }
        } catch (InferenceException e) {
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
        }
    }
}
