package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Tensor;

/**
 * Receives the attention weights, keys and values of every block while a graph is built, for
 * example to add them as outputs.
 */
@FunctionalInterface
@Internal
public interface AttentionProbe {
    /** Ignores them. */
    AttentionProbe NONE = (layer, weights) -> {};

    /**
     * Called once for each block.
     *
     * @param layer from 0
     * @param weights {@code [B,h,M,N]}: attention weights of each of the last M tokens on each of N
     */
    void attention(int layer, Tensor weights);

    /**
     * Called once for each block, before {@link #attention}.
     *
     * @param layer from 0
     * @param keys {@code [B,h,N,w]}, rotated by the position in the window if positions are rotary
     * @param values {@code [B,h,N,w]}
     */
    default void keysAndValues(int layer, Tensor keys, Tensor values) {}
}
