/**
 * A typed builder of tensor graphs: every op checks the types and shapes of its operands when it is
 * added, so a graph that can be built can be run.
 *
 * <p>Ops are described by {@link io.tickformer.graph.Op}, a closed family, and named after the ONNX
 * ops they become; this package knows nothing else of ONNX. Letters in shapes: B batch, N tokens, P
 * patch length, T context length, L layers, W attention window, h heads, d width, F feed-forward
 * width, H horizon, Q quantile levels, C token features.
 */
package io.tickformer.graph;
