package io.tickformer.onnx;

import java.util.List;

/**
 * A tensor whose elements an ONNX file carries, or names a file for.
 *
 * @param name its name in the graph
 * @param elementType as ONNX writes it: {@code float}, {@code int64}, {@code float16}, ...
 * @param dims its sizes; empty for a scalar
 * @param elements number of elements
 * @param bytes size of the elements; 0 where the element type has no fixed size
 * @param externalFile the file that holds the elements; empty where this one does
 */
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

    /** Whether its elements are real numbers, as weights are. */
    public boolean isFloatingPoint() {
        return elementType.contains("float") || elementType.equals("double");
    }
}
