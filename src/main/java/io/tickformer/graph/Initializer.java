package io.tickformer.graph;

import io.tickformer.annotation.Internal;

/**
 * A tensor whose elements are part of the graph.
 *
 * @param tensor the reference
 * @param data its elements
 */
@Internal
public record Initializer(Tensor tensor, TensorData data) {}
