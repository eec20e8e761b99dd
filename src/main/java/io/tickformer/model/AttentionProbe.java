package io.tickformer.model;

import io.tickformer.graph.Tensor;

/** Sees the attention weights of every block while a graph is built, to make outputs of them. */
@FunctionalInterface
public interface AttentionProbe {
    /** Looks away. */
    AttentionProbe NONE = (layer, weights) -> {};

    /**
     * Called once a block.
     *
     * @param layer from 0
     * @param weights {@code [B,h,M,N]}: how much each of the last M tokens attends to each of N
     */
    void attention(int layer, Tensor weights);

    /**
     * Called once a block, before its weights: what the tokens of the layer are attended to by.
     *
     * @param layer from 0
     * @param keys {@code [B,h,N,w]}, rotated by places in the window where positions are rotary
     * @param values {@code [B,h,N,w]}
     */
    default void keysAndValues(int layer, Tensor keys, Tensor values) {}
}
