package io.tickformer.onnx;

import java.util.List;

/**
 * Name, element type and dimensions of an input or output of an ONNX file.
 *
 * @param name its name in the graph
 * @param elementType as ONNX writes it: {@code float}, {@code double}, {@code int64}, ...
 * @param dims a number for a fixed size, a word for a symbolic one, {@code ?} for an unknown one;
 *     empty for a scalar
 */
public record TensorInfo(String name, String elementType, List<String> dims) {
    public TensorInfo {
        dims = List.copyOf(dims);
    }

    @Override
    public String toString() {
        return name + " " + elementType + "[" + String.join(",", dims) + "]";
    }
}
