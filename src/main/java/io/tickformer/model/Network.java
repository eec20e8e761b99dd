package io.tickformer.model;

import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.spec.ForecastSpec;

/**
 * A network over the tokens of a series as a graph: one definition serves training, which takes its
 * loss at every token, and export, which wants the last token only and computes nothing that the
 * last one does not need.
 *
 * <p>Every network is causal: the answer at a token depends on that token and earlier ones only,
 * and not on absent ones before the first tick.
 */
public sealed interface Network
        permits Transformer,
                ConvolutionNetwork,
                RecurrentNetwork,
                LinearNetwork,
                EnsembleNetwork,
                SeasonalNetwork {

    /** The spec it was made of. */
    ForecastSpec spec();

    /** The learned tensors. */
    ParameterLayout layout();

    /**
     * The answers at the last M tokens.
     *
     * @param dropout what training drops
     * @param probe sees the attention weights of networks that attend; others leave it alone
     * @param wanted M, from 1 to N
     */
    NetworkOutputs forward(
            GraphBuilder g,
            Parameters parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted);

    /**
     * The answers at one new token, from it and what the buffers keep of the tokens before it.
     *
     * @param firstLayer layers of other networks whose buffers come first
     * @return {@code [B,1,..]}, equal to what {@link #forward} gives for the last token
     * @throws IllegalStateException if the network cannot go on from buffers; {@link
     *     IncrementalGraphs} tells
     */
    default NetworkOutputs forwardIncremental(
            GraphBuilder g, Parameters parameters, IncrementalInputs inputs, int firstLayer) {
        throw new IllegalStateException(
                "%s has no step; expected what IncrementalGraphs accepts".formatted(spec()));
    }

    /** The answer at every token, M = N: for training. */
    default NetworkOutputs forward(
            GraphBuilder g, Parameters parameters, TokenInputs inputs, Dropout dropout) {
        return forward(g, parameters, inputs, dropout, AttentionProbe.NONE);
    }

    /** The answer at every token, M = N, with a look at the attention weights. */
    default NetworkOutputs forward(
            GraphBuilder g,
            Parameters parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe) {
        return forward(g, parameters, inputs, dropout, probe, inputs.tokens());
    }

    /** The answer at the last token only, M = 1: for serving. */
    default NetworkOutputs forwardLast(GraphBuilder g, Parameters parameters, TokenInputs inputs) {
        return forward(g, parameters, inputs, Dropout.NONE, AttentionProbe.NONE, 1);
    }

    /**
     * The graph to export: inputs of {@link TokenInputs} with N of the spec and a symbolic batch;
     * outputs {@code quantiles [B,C H,Q]} and {@code mean [B,C H]} in the frames of the last token.
     *
     * @param flat the parameters, {@code layout().size()} of them
     */
    default Graph window(float[] flat) {
        GraphBuilder g = new GraphBuilder();
        TokenInputs inputs = TokenInputs.declareWindow(g, spec());
        NetworkOutputs last = forwardLast(g, Parameters.initializers(g, layout(), flat), inputs);
        g.output(NetworkOutputs.QUANTILES, g.squeeze(last.quantiles(), 1));
        g.output(NetworkOutputs.MEAN, g.squeeze(last.mean(), 1));
        return g.build();
    }
}
