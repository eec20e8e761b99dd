package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import io.tickformer.graph.Dim;
import io.tickformer.inference.incremental.CacheOptions;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.model.Networks;
import io.tickformer.onnx.OnnxWriter;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.spec.ModelMetadata;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.Activation;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.testing.ForeignModels;
import io.tickformer.testing.TestModels;
import io.tickformer.testing.TestSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be evaluated incrementally is refused, and in words that say why. */
final class IncrementalCheckTest {
    /** P = 2, W = 3, L = 2: T = 10. */
    private static final ForecastSpec BUILT = TestSpecs.streaming(60_000, 2, 3, 4, 2, 16, 2, 16);

    private static byte[] file(ForecastSpec built, ForecastSpec claimed, float[] weights) {
        return OnnxWriter.write(
                Networks.of(built).window(weights),
                new ModelMetadata(claimed, "test", "1", "", "").toProperties());
    }

    private static MicroBatch incremental(ForecastModel model) {
        return model.newIncrementalMicroBatch(1, ForecastSelection.ALL, CacheOptions.direct(0));
    }

    private static void assertRefused(byte[] onnx, String... words) {
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            assertThatThrownBy(() -> incremental(model))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageStartingWith("model test cannot be evaluated incrementally: ")
                    .hasMessageContainingAll(words);
            // In full it goes on answering as its file says.
            model.newMicroBatch(1, ForecastSelection.ALL).close();
        }
    }

    static Stream<ForecastSpec> specsOfOtherGraphs() {
        return Stream.of(
                // The same weights under other names of what they are.
                transformer(3, 2, 4, NormPlacement.PRE, Activation.GELU),
                transformer(3, 2, 2, NormPlacement.PRE, Activation.RELU),
                // As long a context, by other layers that look further back.
                transformer(5, 1, 2, NormPlacement.PRE, Activation.GELU));
    }

    private static ForecastSpec transformer(
            int window, int layers, int heads, NormPlacement placement, Activation activation) {
        TransformerArchitecture built = BUILT.transformer();
        return BUILT.withNetwork(
                new TransformerArchitecture(
                        built.patchLength(),
                        window,
                        layers,
                        built.width(),
                        heads,
                        built.feedForwardWidth(),
                        built.positions(),
                        placement,
                        built.norm(),
                        activation));
    }

    @ParameterizedTest
    @MethodSource("specsOfOtherGraphs")
    void aGraphThatIsNotWhatItsSpecSaysIsRefusedWithTheDifference(ForecastSpec claimed) {
        assertRefused(
                file(BUILT, claimed, TestModels.weights(BUILT, 1)),
                "the largest difference to its window graph is",
                "of the answer; expected at most 1e-04",
                "Use mode full, or export it anew");
    }

    @Test
    void aGraphThatSomebodyEditedIsRefusedWithTheDifference() throws Exception {
        ModelProto.Builder model =
                ModelProto.parseFrom(TestModels.transformer(BUILT, 1)).toBuilder();
        // As a file of a release that did not write the hash of the graph.
        List<StringStringEntryProto> properties = new ArrayList<>(model.getMetadataPropsList());
        properties.removeIf(property -> property.getKey().equals("tickformer.graph-sha256"));
        model.clearMetadataProps().addAllMetadataProps(properties);
        int edited = 0;
        for (NodeProto.Builder node : model.getGraphBuilder().getNodeBuilderList()) {
            if (node.getOpType().equals("Sigmoid")) {
                node.setOpType("Tanh");
                edited++;
            }
        }
        assertThat(edited).isPositive();

        assertRefused(
                model.build().toByteArray(),
                "its file holds another graph than its spec describes");
    }

    @Test
    void aGraphThatIsWhatItsSpecSaysIsTaken() {
        byte[] onnx = TestModels.transformer(BUILT, 1);
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            assertThat(model.objectionToIncremental()).isEmpty();
            incremental(model).close();
            // The derived graphs are opened once.
            incremental(model).close();
        }
    }

    static Stream<ForecastSpec> specsOfOtherArchitectures() {
        return TestModels.everyArchitecture().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("streaming"))
                .map(entry -> entry.getValue());
    }

    @ParameterizedTest
    @MethodSource("specsOfOtherArchitectures")
    void anArchitectureThatNeedsItsWholeContextIsRefused(ForecastSpec spec) {
        byte[] onnx = TestModels.transformer(spec, 1);
        assertRefused(
                onnx,
                "its answer depends on the whole context in ways that move with every tick",
                "use mode full");
        try (ForecastModel model = ForecastModel.open(onnx, ExecutionProvider.CPU)) {
            assertThat(model.objectionToIncremental()).isPresent();
            assertThatThrownBy(model::cacheBytesPerSeries)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be evaluated token by token");
        }
    }

    @Test
    void aModelMadeElsewhereIsRefused() {
        byte[] onnx = ForeignModels.plain(Dim.BATCH);
        ForecastSpec spec =
                ForeignModels.spec(
                        new ForeignArchitecture(
                                new ForeignTensor("x", "BT"),
                                null,
                                null,
                                new ForeignTensor("mean", "BH"),
                                false));
        try (ForecastModel model = ForecastModel.open(onnx, spec, ExecutionProvider.CPU)) {
            assertThat(model.objectionToIncremental()).isPresent();
            assertThatThrownBy(() -> incremental(model))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("it was made elsewhere")
                    .hasMessageContaining("use mode full");
        }
    }
}
