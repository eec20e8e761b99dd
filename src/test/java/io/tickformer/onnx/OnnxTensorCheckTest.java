package io.tickformer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.tickformer.graph.Dim;
import io.tickformer.testing.ForeignModels;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What a file may not ask the runtime for, wherever in it the asking is done. */
final class OnnxTensorCheckTest {
    private static final TensorProto OUTSIDE =
            TensorProto.newBuilder()
                    .setName("w")
                    .setDataType(TensorProto.DataType.FLOAT_VALUE)
                    .addDims(4)
                    .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                    .addExternalData(
                            StringStringEntryProto.newBuilder()
                                    .setKey("location")
                                    .setValue("../secret"))
                    .build();

    private static void assertProblem(Consumer<ModelProto.Builder> change, String words)
            throws Exception {
        ModelProto.Builder model = ModelProto.parseFrom(ForeignModels.plain(Dim.BATCH)).toBuilder();
        assertThat(OnnxCheck.problems(model.build().toByteArray())).isEmpty();
        change.accept(model);
        assertThat(OnnxCheck.problems(model.build().toByteArray()))
                .anySatisfy(problem -> assertThat(problem).contains(words));
    }

    @Test
    void noTensorIsKeptOutsideOfTheFile() throws Exception {
        String words = "is stored outside of the file, in '../secret'; save the model as one file";
        assertProblem(m -> m.getGraphBuilder().addInitializer(OUTSIDE), words);
        assertProblem(m -> m.getGraphBuilder().addNode(constant("value", OUTSIDE)), words);
        GraphProto inner = GraphProto.newBuilder().addNode(constant("value", OUTSIDE)).build();
        assertProblem(
                m ->
                        m.getGraphBuilder()
                                .addNode(
                                        NodeProto.newBuilder()
                                                .setOpType("If")
                                                .addAttribute(
                                                        AttributeProto.newBuilder()
                                                                .setName("then_branch")
                                                                .setG(inner))),
                words);
        assertProblem(
                m ->
                        m.addFunctions(
                                FunctionProto.newBuilder()
                                        .setName("f")
                                        .addNode(constant("value", OUTSIDE))),
                words);
    }

    private static NodeProto constant(String attribute, TensorProto tensor) {
        return NodeProto.newBuilder()
                .setOpType("Constant")
                .addOutput("c")
                .addAttribute(AttributeProto.newBuilder().setName(attribute).setT(tensor))
                .build();
    }

    @Test
    void aShapeAsksForNoMoreThanTheFileHolds() throws Exception {
        TensorProto.Builder claim =
                TensorProto.newBuilder()
                        .setName("w")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(1L << 35);
        assertProblem(
                m -> m.getGraphBuilder().addInitializer(claim),
                "of shape [34359738368] holds 0 values; expected 34359738368");
        assertProblem(
                m -> m.getGraphBuilder().addInitializer(claim.clone().addDims(1L << 35)),
                "expected non-negative sizes that fit in one file");
        assertProblem(
                m -> m.getGraphBuilder().addInitializer(claim.clone().addDims(-1)),
                "expected non-negative sizes");
        assertProblem(
                m ->
                        m.getGraphBuilder()
                                .addSparseInitializer(
                                        SparseTensorProto.newBuilder()
                                                .setValues(claim)
                                                .addDims(1L << 40)),
                "the initializer 'w' is sparse");
    }

    @Test
    void functionsThatCallThemselvesOrGrowWithoutBoundAreRefused() throws Exception {
        assertProblem(
                m -> m.addFunctions(function("f", "g", 1)).addFunctions(function("g", "f", 1)),
                "calls itself");
        assertProblem(
                m -> {
                    for (int i = 0; i < 10; i++) {
                        m.addFunctions(function("f" + i, "f" + (i + 1), 10));
                    }
                    m.getGraphBuilder().addNode(call("f0"));
                },
                "the graph has more than 1000000 nodes");
    }

    private static FunctionProto function(String name, String called, int times) {
        FunctionProto.Builder function = FunctionProto.newBuilder().setDomain("d").setName(name);
        for (int i = 0; i < times; i++) {
            function.addNode(call(called));
        }
        return function.build();
    }

    private static NodeProto call(String function) {
        return NodeProto.newBuilder().setDomain("d").setOpType(function).build();
    }
}
