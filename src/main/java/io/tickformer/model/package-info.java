/**
 * The networks as graphs, each written once for export and for training: {@link
 * io.tickformer.model.Networks} makes the one that a spec asks for.
 *
 * <p>Read in this order: {@link io.tickformer.model.ParameterLayout} (what is learned), {@link
 * io.tickformer.model.TokenInputs} (what goes in), {@code EmbeddingAndHeads}, {@link
 * io.tickformer.model.Network}; then for the transformer {@code Norms}, {@code Positions}, {@code
 * AttentionMask}, {@code SelfAttention}, {@code TransformerBlock}, {@link
 * io.tickformer.model.Transformer}; and beside it {@code ConvolutionNetwork}, {@code
 * LongShortTermMemory}, {@code RecurrentNetwork} and {@code LinearNetwork}.
 *
 * <p>Letters: B batch, N tokens, P patch length, L layers, W attention window, h heads, d width, F
 * feed-forward width, H horizon, Q quantile levels, C token features.
 */
package io.tickformer.model;
