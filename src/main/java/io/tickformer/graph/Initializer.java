package io.tickformer.graph;

/**
 * A tensor whose elements are part of the graph.
 *
 * @param tensor the reference
 * @param data its elements
 */
public record Initializer(Tensor tensor, TensorData data) {}
