/**
 * The networks as graphs, each defined once for training and export. {@link
 * io.tickformer.model.Networks} creates the network of a spec.
 *
 * <p>Read in this order: {@link io.tickformer.model.ParameterLayout} (parameters), {@link
 * io.tickformer.model.TokenInputs} (inputs), {@code EmbeddingAndHeads}, {@link
 * io.tickformer.model.Network}; then for the transformer {@code Norms}, {@code Positions}, {@code
 * AttentionMask}, {@code SelfAttention}, {@code TransformerBlock}, {@link
 * io.tickformer.model.Transformer}; and the other networks {@code ConvolutionNetwork}, {@code
 * LongShortTermMemory}, {@code RecurrentNetwork} and {@code LinearNetwork}.
 *
 * <p>Letters: B batch, N tokens, M tokens with a forecast, P patch length, L layers, W attention
 * window, h heads, d width, F feed-forward width, H horizon, Q quantile levels, C channels, G token
 * features, R ticks of the seasonal path.
 */
package io.tickformer.model;
