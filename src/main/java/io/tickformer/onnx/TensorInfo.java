package io.tickformer.onnx;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * An input or output of an ONNX file.
 *
 * @param name its name in the graph
 * @param elementType in ONNX notation: {@code float}, {@code double}, {@code int64}, ...
 * @param dims a number for a fixed dimension, a name for a symbolic one, {@code ?} for an unknown
 *     one; empty for a scalar
 */
@Internal
public record TensorInfo(String name, String elementType, List<String> dims) {
    public TensorInfo {
        dims = List.copyOf(dims);
    }

    @Override
    public String toString() {
        return name + " " + elementType + "[" + String.join(",", dims) + "]";
    }
}
