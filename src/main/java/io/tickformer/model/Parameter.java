package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Shape;

/**
 * One learned tensor and its position in the flat parameter vector.
 *
 * @param name readable name, also that of the initializer in the exported file
 * @param shape fixed shape
 * @param offset position of its first element in the flat vector, in row-major order
 * @param initialisation values before training
 */
@Internal
public record Parameter(String name, Shape shape, int offset, Initialisation initialisation) {
    /** Number of elements. */
    public int size() {
        return shape.fixedElements();
    }

    /** Position after its last element in the flat vector. */
    public int end() {
        return offset + size();
    }

    /** Whether it is a weight matrix. Weight decay does not apply to biases and norms. */
    public boolean isMatrix() {
        return shape.rank() == 2;
    }
}
