package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.tickformer.graph.FusedOp;
import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.LayerNorm;
import io.tickformer.graph.FusedOp.RootMeanSquareNorm;
import io.tickformer.graph.FusedOp.RotaryEmbedding;

/** Writes the attributes of fused ops. */
final class FusedNodeWriter {
    private FusedNodeWriter() {}

    static void addParameters(FusedOp op, NodeProto.Builder proto) {
        if (op instanceof RootMeanSquareNorm norm) {
            OnnxNodeWriter.attribute(proto, "axis", -1);
            attribute(proto, "epsilon", (float) norm.epsilon());
        } else if (op instanceof LayerNorm norm) {
            OnnxNodeWriter.attribute(proto, "axis", -1);
            attribute(proto, "epsilon", (float) norm.epsilon());
        } else if (op instanceof RotaryEmbedding rotary) {
            OnnxNodeWriter.attribute(proto, "num_heads", rotary.heads());
        } else if (op instanceof BufferedAttention attention) {
            OnnxNodeWriter.attribute(proto, "num_heads", attention.heads());
            OnnxNodeWriter.attribute(proto, "kv_num_heads", attention.heads());
            attribute(proto, "scale", 1f);
        }
    }

    private static void attribute(NodeProto.Builder node, String name, float value) {
        node.addAttribute(
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.FLOAT)
                        .setF(value));
    }
}
