package io.tickformer.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.tickformer.graph.Dim;
import io.tickformer.inference.runtime.ExecutionProvider;
import io.tickformer.inference.runtime.InferenceException;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.ForeignArchitecture;
import io.tickformer.spec.ForeignArchitecture.ForeignTensor;
import io.tickformer.testing.ForeignModels;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class ModelSmokeTestTest {
    private static final ForecastSpec SPEC =
            ForeignModels.spec(
                    new ForeignArchitecture(
                            new ForeignTensor("x", "BT"),
                            null,
                            null,
                            new ForeignTensor("mean", "BH"),
                            false));

    @Test
    @Timeout(300)
    void aModelThatDoesNotEndIsRefused() throws Exception {
        byte[] onnx = endless();

        assertThatThrownBy(
                        () ->
                                ForecastModel.open(
                                        onnx, SPEC, ExecutionProvider.CPU, Duration.ofSeconds(1)))
                .isInstanceOf(InferenceException.class)
                .hasMessage("the ONNX graph: the run did not end within 1 s");
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("onnxruntime-run-limit"));
    }

    /** What the model answers goes round for ever before it comes out. */
    private static byte[] endless() throws Exception {
        ModelProto.Builder model = ModelProto.parseFrom(ForeignModels.plain(Dim.BATCH)).toBuilder();
        GraphProto.Builder graph = model.getGraphBuilder();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getOutputCount(); i++) {
                if (node.getOutput(i).equals("mean")) {
                    node.setOutput(i, "begin");
                }
            }
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals("mean")) {
                    node.setInput(i, "begin");
                }
            }
        }
        graph.addInitializer(
                TensorProto.newBuilder()
                        .setName("true")
                        .setDataType(TensorProto.DataType.BOOL_VALUE)
                        .setRawData(ByteString.copyFrom(new byte[] {1})));
        GraphProto body =
                GraphProto.newBuilder()
                        .setName("body")
                        .addInput(value("round", TensorProto.DataType.INT64))
                        .addInput(value("go", TensorProto.DataType.BOOL))
                        .addInput(value("state", TensorProto.DataType.FLOAT))
                        .addNode(identity("go", "goOn"))
                        .addNode(identity("state", "next"))
                        .addOutput(value("goOn", TensorProto.DataType.BOOL))
                        .addOutput(value("next", TensorProto.DataType.FLOAT))
                        .build();
        graph.addNode(
                NodeProto.newBuilder()
                        .setName("loop")
                        .setOpType("Loop")
                        .addInput("")
                        .addInput("true")
                        .addInput("begin")
                        .addOutput("mean")
                        .addAttribute(
                                AttributeProto.newBuilder()
                                        .setName("body")
                                        .setType(AttributeProto.AttributeType.GRAPH)
                                        .setG(body)));
        return model.build().toByteArray();
    }

    private static NodeProto identity(String from, String to) {
        return NodeProto.newBuilder().setOpType("Identity").addInput(from).addOutput(to).build();
    }

    private static ValueInfoProto value(String name, TensorProto.DataType type) {
        TypeProto.Tensor.Builder tensor =
                TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        if (type != TensorProto.DataType.FLOAT) {
            tensor.setShape(TensorShapeProto.getDefaultInstance());
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
