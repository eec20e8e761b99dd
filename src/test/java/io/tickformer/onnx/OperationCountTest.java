package io.tickformer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperationCountTest {

    @Test
    void aSmallGraphCountsAsByHand() {
        assertThat(OperationCount.of(OnnxFile.read(small())))
                // [3,4] x [4,2] makes 6 sums of 4 products.
                .contains(new OperationCount(2 * 6 * 4, 6 + 5 * 6 + 6));
    }

    @Test
    void anOpNotKnownLeavesTheCountOpen() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(small()).toBuilder();
        model.getGraphBuilder().getNodeBuilder(0).setOpType("Mystery");

        assertThat(OperationCount.of(OnnxFile.read(model.build().toByteArray()))).isEmpty();
    }

    @Test
    void aShapeNotDeclaredLeavesTheCountOpen() throws InvalidProtocolBufferException {
        ModelProto.Builder model = ModelProto.parseFrom(small()).toBuilder();
        model.getGraphBuilder().clearValueInfo();

        assertThat(OperationCount.of(OnnxFile.read(model.build().toByteArray()))).isEmpty();
    }

    /** A product, an activation of each of its 6 elements, a softmax and a sum over them. */
    private static byte[] small() {
        GraphBuilder g = new GraphBuilder();
        Tensor x = g.input("x", Shape.batch(3, 4));
        Tensor w = g.constant(TensorData.floats(Shape.of(4, 2), new float[8]));
        Tensor soft = g.softmax(g.tanh(g.matMul(x, w)), 2);
        g.output("y", g.reduceSum(soft, false, 1, 2));
        return OnnxWriter.write(g.build(), Map.of());
    }
}
