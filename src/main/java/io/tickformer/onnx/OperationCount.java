package io.tickformer.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.tickformer.annotation.Internal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Number of floating-point operations of one run of a graph with a micro-batch of one, counted from
 * the declared shapes. A multiply-add counts as two operations. Any other op counts one for each
 * element of its result, a reduction one for each element it reads, and a softmax five for each
 * element (maximum, difference, exponential, sum, quotient). Ops that only move elements count
 * zero.
 *
 * @param products operations of matrix products and convolutions
 * @param others operations of all other ops
 */
@Internal
public record OperationCount(long products, long others) {
    private static final int SOFTMAX_OPERATIONS = 5;

    private static final Set<String> MOVES =
            Set.of(
                    "Cast",
                    "Concat",
                    "Constant",
                    "ConstantOfShape",
                    "Expand",
                    "Flatten",
                    "Gather",
                    "Identity",
                    "Pad",
                    "Range",
                    "Reshape",
                    "Shape",
                    "Slice",
                    "Split",
                    "Squeeze",
                    "Tile",
                    "Transpose",
                    "Unsqueeze");

    private static final Set<String> BY_ELEMENT =
            Set.of(
                    "Abs",
                    "Add",
                    "And",
                    "Ceil",
                    "Clip",
                    "Cos",
                    "Div",
                    "Equal",
                    "Erf",
                    "Exp",
                    "Floor",
                    "Greater",
                    "GreaterOrEqual",
                    "Less",
                    "LessOrEqual",
                    "Log",
                    "Max",
                    "Min",
                    "Mul",
                    "Neg",
                    "Not",
                    "Or",
                    "Pow",
                    "Reciprocal",
                    "Relu",
                    "Sigmoid",
                    "Sign",
                    "Sin",
                    "Sqrt",
                    "Sub",
                    "Tanh",
                    "Where");

    /** The total. */
    public long total() {
        return products + others;
    }

    /**
     * Counts the operations of a file.
     *
     * @return empty if a required shape is not declared or an op is unknown
     */
    public static Optional<OperationCount> of(OnnxFile file) {
        GraphProto graph = file.model().getGraph();
        Map<String, long[]> shapes = shapes(graph);
        long products = 0;
        long others = 0;
        for (NodeProto node : graph.getNodeList()) {
            String op = node.getDomain().isEmpty() ? node.getOpType() : "";
            if (MOVES.contains(op)) {
                continue;
            }
            long[] first = shapes.get(node.getInputCount() == 0 ? "" : node.getInput(0));
            long[] second = shapes.get(node.getInputCount() < 2 ? "" : node.getInput(1));
            long[] result = shapes.get(node.getOutput(0));
            if (first == null || result == null) {
                return Optional.empty();
            }
            if (op.equals("MatMul") && first.length > 0) {
                products += 2 * elements(result) * first[first.length - 1];
            } else if (op.equals("Conv") && second != null && second.length > 0 && second[0] > 0) {
                // Each element of the result is a sum over the kernel of its output channel.
                products += 2 * elements(result) * (elements(second) / second[0]);
            } else if (op.equals("Softmax")) {
                others += SOFTMAX_OPERATIONS * elements(result);
            } else if (op.startsWith("Reduce")) {
                others += elements(first);
            } else if (BY_ELEMENT.contains(op)) {
                others += elements(result);
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new OperationCount(products, others));
    }

    private static Map<String, long[]> shapes(GraphProto graph) {
        Map<String, long[]> shapes = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            shapes.put(
                    tensor.getName(),
                    tensor.getDimsList().stream().mapToLong(Long::longValue).toArray());
        }
        for (List<ValueInfoProto> values :
                List.of(graph.getInputList(), graph.getOutputList(), graph.getValueInfoList())) {
            values.forEach(value -> shape(value).ifPresent(s -> shapes.put(value.getName(), s)));
        }
        return shapes;
    }

    /** The shape with a batch size of one; empty if a dimension is unknown. */
    private static Optional<long[]> shape(ValueInfoProto value) {
        if (!value.getType().getTensorType().hasShape()) {
            return Optional.empty();
        }
        List<Dimension> dims = value.getType().getTensorType().getShape().getDimList();
        long[] shape = new long[dims.size()];
        for (int i = 0; i < shape.length; i++) {
            switch (dims.get(i).getValueCase()) {
                case DIM_VALUE -> shape[i] = dims.get(i).getDimValue();
                case DIM_PARAM -> shape[i] = multipleOf(dims.get(i).getDimParam());
                case VALUE_NOT_SET -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(shape);
    }

    /** The factor 3 of a symbolic dimension {@code 3*B}; 1 for a plain symbol. */
    private static long multipleOf(String symbol) {
        int star = symbol.indexOf('*');
        if (star > 0 && symbol.substring(0, star).matches("\\d{1,9}")) {
            return Long.parseLong(symbol.substring(0, star));
        }
        return 1;
    }

    private static long elements(long[] shape) {
        long elements = 1;
        for (long size : shape) {
            elements *= size;
        }
        return elements;
    }
}
