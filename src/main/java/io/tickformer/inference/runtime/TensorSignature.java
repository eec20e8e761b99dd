package io.tickformer.inference.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import io.tickformer.annotation.Internal;
import java.util.ArrayList;
import java.util.List;

/**
 * The declaration of an input or output of a graph.
 *
 * @param name its name
 * @param elementType its element type as ONNX Runtime names it, such as {@code FLOAT}
 * @param shape its dimensions; {@link #SYMBOLIC} where one is not fixed
 */
@Internal
public record TensorSignature(String name, String elementType, List<Long> shape) {
    /** Stands for a dimension that is known only when the graph runs. */
    public static final long SYMBOLIC = -1;

    public TensorSignature {
        shape = List.copyOf(shape);
    }

    static TensorSignature of(NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            return new TensorSignature(node.getName(), node.getInfo().toString(), List.of());
        }
        List<Long> shape = new ArrayList<>();
        for (long dimension : tensor.getShape()) {
            shape.add(dimension < 0 ? SYMBOLIC : dimension);
        }
        return new TensorSignature(node.getName(), tensor.type.toString(), shape);
    }
}
