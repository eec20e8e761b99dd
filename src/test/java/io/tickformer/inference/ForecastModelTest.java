package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.tickformer.graph.Dim;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.GraphRunner;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.inference.runtime.RunnerOptions;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.TestModels;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ForecastModelTest {

    @Test
    void aFileOfOursSaysItselfWhatItIs() {
        byte[] onnx = TestModels.transformer(TestModels.STREAMING, 1, "2026-11");

        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            assertThat(model.spec()).isEqualTo(TestModels.STREAMING);
            assertThat(model.name()).isEqualTo("test");
            assertThat(model.version()).isEqualTo("2026-11");
        }
    }

    @Test
    void aFileWithoutSpecAsksForOne() {
        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        ForeignModels.plain(Dim.BATCH), ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("carries no Tickformer spec")
                .hasMessageContaining(
                        "give a spec file (model.spec) that names its inputs and outputs");
    }

    @Test
    void aSpecThatContradictsItsGraphIsRefused() {
        ForecastSpec built = TestModels.STREAMING;
        ForecastSpec claimed = built.withQuantileLevels(List.of(0.5));
        byte[] onnx =
                OnnxWriter.write(
                        Networks.of(built).window(TestModels.weights(built, 1)),
                        new ModelMetadata(claimed, "test", "1", "", "").toProperties());

        assertThatThrownBy(() -> ForecastModel.open(onnx, ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessage(
                        "output quantiles has shape [?, 4, 3] in the graph; the spec expects [B, 4,"
                                + " 1]");
    }

    @Test
    void aSpecOfOursIsNoForeignSpec() {
        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        ForeignModels.plain(Dim.BATCH),
                                        TestModels.STREAMING,
                                        ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("expected kind foreign");
    }

    @Test
    void aFileOfOursThatSomethingChangedIsRefusedAlthoughItWouldRun() throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(TestModels.transformer(TestModels.STREAMING, 1)).toBuilder();
        model.getGraphBuilder().clearValueInfo();
        byte[] changed = model.build().toByteArray();
        GraphRunner.open(changed, RunnerOptions.SERVING).close();

        assertThatThrownBy(() -> ForecastModel.open(changed, ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("another program changed it")
                .hasMessageContaining("has no type")
                .hasMessageContaining("use the original file from 'tickformer train'");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weightsThatAreNoFiniteNumbersAreRefused(float weight) {
        for (ForecastSpec spec : TestModels.everyArchitecture().values()) {
            float[] weights = TestModels.weights(spec, 1);
            weights[weights.length - 1] = weight;

            assertThatThrownBy(() -> ForecastModel.open(file(spec, weights), ExecutionProvider.CPU))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("the weights '")
                    .hasMessageContaining("hold %s, which is no finite number".formatted(weight));
        }
    }

    @Test
    void weightsThatLeadToNoFiniteNumbersAreRefused() {
        float[] weights = TestModels.weights(TestModels.STREAMING, 1);
        Arrays.fill(weights, Float.MAX_VALUE);

        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        file(TestModels.STREAMING, weights), ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessage(
                        "the model answers no finite number to an ordinary series (values about 10,"
                                + " all observed); take another model, or train it anew");
    }

    private static byte[] file(ForecastSpec spec, float[] weights) {
        return OnnxWriter.write(
                Networks.of(spec).window(weights),
                new ModelMetadata(spec, "test", "1", "", "").toProperties());
    }

    @Test
    void bytesThatAreNoOnnxFileAreRefused() {
        assertThatThrownBy(() -> ForecastModel.open(new byte[] {1, 2, 3}, ExecutionProvider.CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("the given 3 bytes are not an ONNX file");
    }
}
