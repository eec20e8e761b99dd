package io.tickformer.model;

import io.tickformer.graph.Shape;

/**
 * One learned tensor and its place in the flat vector of all parameters.
 *
 * @param name readable name, the initializer's name in the exported file
 * @param shape fixed shape
 * @param offset position of its first element in the flat vector; elements follow row after row
 * @param initialisation what its elements are before training
 */
public record Parameter(String name, Shape shape, int offset, Initialisation initialisation) {
    /** Number of elements. */
    public int size() {
        return shape.fixedElements();
    }

    /** Position after its last element in the flat vector. */
    public int end() {
        return offset + size();
    }

    /**
     * Whether it is the matrix of a linear map; biases and norms are not, and are commonly spared
     * weight decay.
     */
    public boolean isMatrix() {
        return shape.rank() == 2;
    }
}
