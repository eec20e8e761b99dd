package io.tickformer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each rule of the check is broken once, and the words for it are looked at. */
class OnnxCheckTest {
    /** {@code y = tanh(x + w)}: nodes "Add" and "Tanh" and the output's "Identity". */
    private static ModelProto valid() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(2));
        Tensor w = g.initializer("w", TensorData.floats(Shape.of(2), 1, 2));
        g.output("y", g.tanh(g.add(x, w)));
        return OnnxFile.parse(OnnxWriter.write(g.build(), Map.of()));
    }

    private static List<String> problems(Consumer<ModelProto.Builder> corruption, boolean own) {
        ModelProto.Builder model = valid().toBuilder();
        corruption.accept(model);
        byte[] bytes = model.build().toByteArray();
        return own ? OnnxCheck.problemsOfOwnFile(bytes) : OnnxCheck.problems(bytes);
    }

    private static void assertProblem(Consumer<GraphProto.Builder> corruption, String problem) {
        assertThat(problems(m -> corruption.accept(m.getGraphBuilder()), true)).contains(problem);
        assertThat(problems(m -> corruption.accept(m.getGraphBuilder()), false)).contains(problem);
    }

    private static void assertOwnProblem(Consumer<GraphProto.Builder> corruption, String problem) {
        assertThat(problems(m -> corruption.accept(m.getGraphBuilder()), true)).contains(problem);
        assertThat(problems(m -> corruption.accept(m.getGraphBuilder()), false)).isEmpty();
    }

    @Test
    void anUntouchedFileHasNoProblems() {
        assertThat(problems(m -> {}, true)).isEmpty();
        assertThat(problems(m -> {}, false)).isEmpty();
    }

    @Test
    void anOpThatIsNoneIsNamed() {
        assertProblem(
                g -> g.getNodeBuilder(1).setOpType("Tanhh"),
                "node 'Tanh' (Tanhh): the op is not a standard op of ONNX");
    }

    @Test
    void anOpNewerThanTheOpsetIsNamed() {
        assertProblem(
                g -> g.getNodeBuilder(1).setOpType("RMSNormalization"),
                "node 'Tanh' (RMSNormalization): the op was introduced with opset 23, but the file"
                        + " declares opset 20");
    }

    @Test
    void aDeprecatedOpIsNamed() {
        assertProblem(
                g -> g.getNodeBuilder(1).setOpType("Upsample"),
                "node 'Tanh' (Upsample): the op is deprecated since opset 10, and the file"
                        + " declares opset 20");
    }

    @Test
    void anOpOfAForeignDomainNeedsThatDomainDeclared() {
        Consumer<ModelProto.Builder> foreignOp =
                m -> m.getGraphBuilder().getNodeBuilder(1).setDomain("com.example");
        assertThat(problems(foreignOp, true))
                .contains(
                        "node 'Tanh' (Tanh): the op belongs to the domain 'com.example'; expected"
                                + " standard ops only");
        assertThat(problems(foreignOp, false))
                .containsExactly(
                        "node 'Tanh' (Tanh): the op belongs to the domain 'com.example', but the"
                                + " file declares no opset of it");
        Consumer<ModelProto.Builder> declared =
                foreignOp.andThen(
                        m ->
                                m.addOpsetImport(
                                        OperatorSetIdProto.newBuilder()
                                                .setDomain("com.example")
                                                .setVersion(1)));
        assertThat(problems(declared, false))
                .containsExactly(
                        "node 'Tanh' (Tanh): the op belongs to the domain 'com.example', which neither"
                                + " ONNX nor ONNX Runtime knows, and custom-op libraries are not loaded;"
                                + " export the model with ops of ai.onnx.ml, com.microsoft,"
                                + " com.microsoft.nchwc");
        assertThat(problems(declared, true)).isNotEmpty();
    }

    @Test
    void nodesOutOfOrderAreNamed() {
        assertProblem(
                g -> {
                    NodeProto add = g.getNode(0);
                    g.setNode(0, g.getNode(1)).setNode(1, add);
                },
                "node 'Tanh' (Tanh) uses 'Add' before node 'Add' (Add) produces it");
    }

    @Test
    void aDanglingNameIsNamed() {
        assertProblem(
                g -> g.getNodeBuilder(1).setInput(0, "nowhere"),
                "node 'Tanh' (Tanh) uses 'nowhere', which nothing produces");
    }

    @Test
    void aNameProducedTwiceIsNamed() {
        assertProblem(
                g -> g.getNodeBuilder(1).setOutput(0, "Add"),
                "node 'Tanh' (Tanh) produces 'Add', which is produced or declared before it");
    }

    @Test
    void anOutputThatNothingProducesIsNamed() {
        assertProblem(g -> g.removeNode(2), "nothing produces the output 'y'");
    }

    @Test
    void aGraphWithoutOutputsIsRefused() {
        assertProblem(GraphProto.Builder::clearOutput, "the graph has no outputs");
    }

    @Test
    void anInputDeclaredTwiceIsNamed() {
        assertProblem(g -> g.addInput(g.getInput(0)), "'x' is declared twice as an input");
        assertProblem(
                g -> g.addInitializer(g.getInitializer(0)),
                "'w' is declared twice as an initializer");
    }

    @Test
    void untypedInputsAndOutputsAreNamed() {
        assertProblem(g -> g.getInputBuilder(0).clearType(), "the input 'x' has no element type");
        assertProblem(
                g -> g.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearElemType(),
                "the output 'y' has no element type");
    }

    @Test
    void initializersWithoutTypeOrWithTooFewElementsAreNamed() {
        assertProblem(
                g -> g.getInitializerBuilder(0).clearDataType(),
                "the initializer 'w' has no element type");
        assertProblem(
                g -> g.getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[4])),
                "the initializer 'w' of shape [2] holds 4 bytes; expected 8");
    }

    @Test
    void anUntypedTensorBetweenNodesIsAFaultOfOwnFilesOnly() {
        assertOwnProblem(
                g -> g.removeValueInfo(0), "the tensor 'Add' of node 'Add' (Add) has no type");
        assertOwnProblem(
                g -> g.getValueInfoBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape(),
                "the tensor 'Add' has no shape");
        assertOwnProblem(
                g -> g.getValueInfoBuilder(0).setName("other"),
                "nothing produces the typed tensor 'other'");
        assertOwnProblem(g -> g.addValueInfo(g.getValueInfo(0)), "the tensor 'Add' is typed twice");
        assertOwnProblem(g -> g.getNodeBuilder(1).setName("Add"), "two nodes are named 'Add'");
    }

    @Test
    void anotherOpsetOrIrVersionIsAFaultOfOwnFilesOnly() {
        assertThat(problems(m -> m.getOpsetImportBuilder(0).setVersion(17), true))
                .containsExactly("the file declares opsets {=17}; expected opset 20 only");
        assertThat(problems(m -> m.setIrVersion(3), true))
                .containsExactly("the file's IR version is 3; expected 9");
        assertThat(problems(m -> m.getOpsetImportBuilder(0).setVersion(17).setDomain(""), false))
                .isEmpty();
    }

    @Test
    void aRepeatedOpsetIsNamed() {
        assertThat(problems(m -> m.addOpsetImport(m.getOpsetImport(0)), false))
                .contains("the opset of domain '' is declared twice");
    }

    @Test
    void opsOfAnOpsetNewerThanTheListAreLeftToTheRuntime() {
        Consumer<ModelProto.Builder> newer = m -> m.getOpsetImportBuilder(0).setVersion(99);
        assertThat(problems(newer, false)).isEmpty();
        Consumer<ModelProto.Builder> newOp =
                newer.andThen(m -> m.getGraphBuilder().getNodeBuilder(1).setOpType("Tanhh"));
        assertThat(problems(newOp, false)).isEmpty();
        assertThat(problems(newer, true))
                .contains("the file declares opsets {=99}; expected opset 20 only");
    }

    @Test
    void aStandardOpNeedsTheStandardOpsetDeclared() {
        assertThat(problems(m -> m.getOpsetImportBuilder(0).setDomain("ai.onnx.ml"), false))
                .contains(
                        "node 'Tanh' (Tanh): the op is a standard op, but the file declares no"
                                + " standard opset");
    }

    @Test
    void theGraphWithinANodeSeesTheNamesAroundItAndIsChecked() {
        GraphProto.Builder inner =
                GraphProto.newBuilder()
                        .addNode(
                                NodeProto.newBuilder()
                                        .setName("inner")
                                        .setOpType("Neg")
                                        .addInput("x")
                                        .addOutput("inner"))
                        .addOutput(valid().getGraph().getOutput(0).toBuilder().setName("inner"));
        Consumer<ModelProto.Builder> seeing =
                m -> m.getGraphBuilder().addNode(conditional(inner.build()));
        assertThat(problems(seeing, false)).isEmpty();

        inner.getNodeBuilder(0).setOutput(0, "Add");
        inner.getOutputBuilder(0).setName("Add");
        Consumer<ModelProto.Builder> shadowing =
                m -> m.getGraphBuilder().addNode(conditional(inner.build()));
        assertThat(problems(shadowing, false)).isEmpty();

        inner.getNodeBuilder(0).setInput(0, "nowhere");
        Consumer<ModelProto.Builder> dangling =
                m -> m.getGraphBuilder().addNode(conditional(inner.build()));
        assertThat(problems(dangling, false))
                .contains("node 'inner' (Neg) uses 'nowhere', which nothing produces");
    }

    private static NodeProto conditional(GraphProto branch) {
        return NodeProto.newBuilder()
                .setName("if")
                .setOpType("If")
                .addInput("x")
                .addOutput("chosen")
                .addAttribute(
                        AttributeProto.newBuilder()
                                .setName("then_branch")
                                .setType(AttributeProto.AttributeType.GRAPH)
                                .setG(branch))
                .build();
    }

    @Test
    void everyProblemIsInTheMessageOfARefusal() {
        byte[] bytes =
                valid().toBuilder()
                        .setGraph(valid().getGraph().toBuilder().clearNode())
                        .build()
                        .toByteArray();
        OnnxFile file = OnnxFile.read(bytes);
        assertThatThrownBy(() -> OnnxCheck.require(file))
                .isInstanceOf(OnnxException.class)
                .hasMessage(
                        "the ONNX file is not valid; export it anew: nothing produces the output"
                                + " 'y'");
        assertThatThrownBy(() -> OnnxCheck.requireOwn(file))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("use the original file from 'tickformer train'")
                .hasMessageContaining("nothing produces the output 'y'");
    }

    @Test
    void aMessageHoldsTenProblemsAtMost() {
        ModelProto.Builder model = valid().toBuilder();
        for (int i = 0; i < 12; i++) {
            model.getGraphBuilder()
                    .addOutput(model.getGraph().getOutput(0).toBuilder().setName("y" + i));
        }
        OnnxFile file = OnnxFile.read(model.build().toByteArray());
        assertThatThrownBy(() -> OnnxCheck.require(file))
                .hasMessageContaining("'y9'")
                .hasMessageEndingWith("; and 2 more");
    }

    @Test
    void elementsInTypedFieldsAreReadToo() {
        TensorProto tensor =
                TensorProto.newBuilder()
                        .setName("w")
                        .setDataType(TensorProto.DataType.FLOAT_VALUE)
                        .addDims(2)
                        .addFloatData(1)
                        .addFloatData(2)
                        .build();
        ModelProto.Builder model = valid().toBuilder();
        model.getGraphBuilder().setInitializer(0, tensor);

        assertThat(OnnxFile.read(model.build().toByteArray()).initializers())
                .containsEntry("w", TensorData.floats(Shape.of(2), 1, 2));
    }
}
