package io.tickformer.onnx;

import io.tickformer.annotation.Internal;
import java.util.List;

/**
 * An initializer of an ONNX file.
 *
 * @param name its name in the graph
 * @param elementType in ONNX notation: {@code float}, {@code int64}, {@code float16}, ...
 * @param dims its dimensions; empty for a scalar
 * @param elements number of elements
 * @param bytes size of the elements; 0 if the element type has no fixed size
 * @param externalFile external file that holds the elements; empty if they are in this file
 */
@Internal
public record StoredTensor(
        String name,
        String elementType,
        List<Long> dims,
        long elements,
        long bytes,
        String externalFile) {
    public StoredTensor {
        dims = List.copyOf(dims);
    }

    /** Whether its elements are floating-point numbers, as weights are. */
    public boolean isFloatingPoint() {
        return elementType.contains("float") || elementType.equals("double");
    }
}
