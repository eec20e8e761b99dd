package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import io.tickformer.graph.Dim;
import io.tickformer.graph.ElementType;
import io.tickformer.graph.FusedOp;
import io.tickformer.graph.Node;
import io.tickformer.graph.Op;
import io.tickformer.graph.Op.Cast;
import io.tickformer.graph.Op.Concat;
import io.tickformer.graph.Op.Elementwise;
import io.tickformer.graph.Op.Expand;
import io.tickformer.graph.Op.ExpandLike;
import io.tickformer.graph.Op.Gather;
import io.tickformer.graph.Op.MatMul;
import io.tickformer.graph.Op.Pad;
import io.tickformer.graph.Op.Reduce;
import io.tickformer.graph.Op.Reshape;
import io.tickformer.graph.Op.Slice;
import io.tickformer.graph.Op.Softmax;
import io.tickformer.graph.Op.Split;
import io.tickformer.graph.Op.Transpose;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.graph.TensorData;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes the nodes of a graph as ONNX nodes. Attributes that ONNX takes as operands (axes, shapes,
 * sizes) become int64 initializers, named after their content so that equal ones are written once.
 */
final class OnnxNodeWriter {
    private final GraphProto.Builder graph;
    private final Set<String> indices = new HashSet<>();

    OnnxNodeWriter(GraphProto.Builder graph) {
        this.graph = graph;
    }

    void add(Node node) {
        NodeProto.Builder proto =
                NodeProto.newBuilder().setName(node.name()).setOpType(node.op().onnxName());
        node.inputs().forEach(input -> proto.addInput(input.name()));
        node.outputs().forEach(output -> proto.addOutput(output.name()));
        if (node.op() instanceof FusedOp fused) {
            proto.setDomain(fused.domain());
            FusedNodeWriter.addParameters(fused, proto);
        } else {
            addParameters(node, proto);
        }
        graph.addNode(proto);
    }

    private void addParameters(Node node, NodeProto.Builder proto) {
        Op op = node.op();
        if (op instanceof Elementwise || op instanceof MatMul) {
            return;
        } else if (op instanceof Cast cast) {
            attribute(proto, "to", OnnxTypes.dataType(cast.to()).getNumber());
        } else if (op instanceof Transpose transpose) {
            AttributeProto.Builder permutation =
                    AttributeProto.newBuilder()
                            .setName("perm")
                            .setType(AttributeProto.AttributeType.INTS);
            transpose.permutation().forEach(permutation::addInts);
            proto.addAttribute(permutation);
        } else if (op instanceof Reshape reshape) {
            // One dimension, the symbolic one, is inferred by the runtime.
            proto.addInput(indices(sizes(reshape.to(), -1)));
        } else if (op instanceof Expand expand) {
            // A target size of 1 keeps the size of the operand, that of the symbolic dimension.
            proto.addInput(indices(sizes(expand.to(), 1)));
        } else if (op instanceof ExpandLike) {
            proto.setInput(1, shapeOf(node));
        } else if (op instanceof Concat concat) {
            attribute(proto, "axis", concat.axis());
        } else if (op instanceof Split split) {
            attribute(proto, "axis", split.axis());
            proto.addInput(indices(split.sizes().stream().mapToLong(Long::longValue)));
        } else if (op instanceof Slice slice) {
            proto.addInput(indices(LongStream.of(slice.start())));
            proto.addInput(indices(LongStream.of(slice.end())));
            proto.addInput(indices(LongStream.of(slice.axis())));
        } else if (op instanceof Gather gather) {
            attribute(proto, "axis", gather.axis());
        } else if (op instanceof Pad pad) {
            int rank = node.input(0).rank();
            long[] pads = new long[2 * rank];
            pads[pad.axis()] = pad.before();
            pads[rank + pad.axis()] = pad.after();
            proto.addInput(indices(LongStream.of(pads)));
        } else if (op instanceof Reduce reduce) {
            proto.addInput(indices(reduce.axes().stream().mapToLong(Integer::longValue)));
            attribute(proto, "keepdims", reduce.keepDims() ? 1 : 0);
        } else if (op instanceof Softmax softmax) {
            attribute(proto, "axis", softmax.axis());
        } else {
            throw new IllegalStateException("no ONNX form for " + op);
        }
    }

    private String shapeOf(Node expandLike) {
        Tensor like = expandLike.input(1);
        String name = expandLike.name() + "/shape";
        graph.addNode(
                NodeProto.newBuilder()
                        .setName(name)
                        .setOpType("Shape")
                        .addInput(like.name())
                        .addOutput(name));
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        shape.addDimBuilder().setDimValue(like.rank());
        graph.addValueInfo(OnnxTypes.valueInfo(name, ElementType.INT64, shape));
        return name;
    }

    private static LongStream sizes(Shape shape, long symbolic) {
        return shape.dims().stream().mapToLong((Dim d) -> d.isFixed() ? d.size() : symbolic);
    }

    private String indices(LongStream stream) {
        List<Long> values = stream.boxed().toList();
        String name =
                values.stream().map(String::valueOf).collect(Collectors.joining(",", "int64/", ""));
        if (indices.add(name)) {
            long[] elements = values.stream().mapToLong(Long::longValue).toArray();
            TensorData data = TensorData.longs(Shape.of(elements.length), elements);
            graph.addInitializer(OnnxTypes.tensor(name, data));
        }
        return name;
    }

    static void attribute(NodeProto.Builder node, String name, long value) {
        node.addAttribute(
                AttributeProto.newBuilder()
                        .setName(name)
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(value));
    }
}
