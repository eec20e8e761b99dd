package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.spec.ForecastSpec;

/**
 * A network over the tokens of a series, written as a graph. One definition serves both training,
 * which computes the loss at every token, and export, which computes only what the last token
 * needs.
 *
 * <p>Every network is causal: the output at a token depends only on that token and earlier ones,
 * and not on absent tokens before the first tick.
 */
@Internal
public sealed interface Network
        permits Transformer,
                ConvolutionNetwork,
                RecurrentNetwork,
                LinearNetwork,
                EnsembleNetwork,
                SeasonalNetwork {

    /** The spec of the network. */
    ForecastSpec spec();

    /** The learned parameters. */
    ParameterLayout layout();

    /**
     * Computes the outputs at the last M tokens.
     *
     * @param dropout dropout of training
     * @param probe receives the attention weights; ignored by networks without attention
     * @param wanted M, from 1 to N
     */
    NetworkOutputs forward(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted);

    /**
     * Computes the outputs at one new token from the token and the key-value cache.
     *
     * @param firstLayer index of the network's first layer in the cache
     * @return {@code [B,1,..]}, equal to the output of {@link #forward} at the last token
     * @throws IllegalStateException if the network does not support incremental evaluation; see
     *     {@link IncrementalGraphs}
     */
    default NetworkOutputs forwardIncremental(
            GraphBuilder g, ParameterTensors parameters, IncrementalInputs inputs, int firstLayer) {
        throw new IllegalStateException(
                "%s does not support incremental evaluation".formatted(spec()));
    }

    /** The outputs at every token, M = N, for training. */
    default NetworkOutputs forward(
            GraphBuilder g, ParameterTensors parameters, TokenInputs inputs, Dropout dropout) {
        return forward(g, parameters, inputs, dropout, AttentionProbe.NONE);
    }

    /** The outputs at every token, M = N, with the attention weights. */
    default NetworkOutputs forward(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe) {
        return forward(g, parameters, inputs, dropout, probe, inputs.tokens());
    }

    /** The outputs at the last token only, M = 1, for inference. */
    default NetworkOutputs forwardLast(
            GraphBuilder g, ParameterTensors parameters, TokenInputs inputs) {
        return forward(g, parameters, inputs, Dropout.NONE, AttentionProbe.NONE, 1);
    }

    /**
     * The window graph, which is exported. Inputs: {@link TokenInputs} with N of the spec and a
     * symbolic batch size. Outputs: {@code quantiles [B,C H,Q]} and {@code mean [B,C H]} in the
     * frames of the last token.
     *
     * @param flat the parameters, {@code layout().size()} of them
     */
    default Graph window(float[] flat) {
        GraphBuilder g = new GraphBuilder();
        TokenInputs inputs = TokenInputs.declareWindow(g, spec());
        NetworkOutputs last =
                forwardLast(g, ParameterTensors.initializers(g, layout(), flat), inputs);
        g.output(NetworkOutputs.QUANTILES, g.squeeze(last.quantiles(), 1));
        g.output(NetworkOutputs.MEAN, g.squeeze(last.mean(), 1));
        return g.build();
    }
}
