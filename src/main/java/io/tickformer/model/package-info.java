/**
 * The causal transformer as a graph, written once for export and for training.
 *
 * <p>Read in this order: {@link io.tickformer.model.ParameterLayout} (what is learned), {@link
 * io.tickformer.model.TokenInputs} (what goes in), {@code Norms}, {@code Positions}, {@code
 * AttentionMask}, {@code SelfAttention}, {@code Block}, {@link io.tickformer.model.Transformer}.
 *
 * <p>Letters: B batch, N tokens, P patch length, L layers, W attention window, h heads, d width, F
 * feed-forward width, H horizon, Q quantile levels, C token features.
 */
package io.tickformer.model;
