package io.tickformer.model;

import io.tickformer.graph.Dim;
import io.tickformer.graph.Graph;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * A causal transformer over the tokens of a series, from first principles; every point of {@link
 * TransformerArchitecture}, with the presets {@link ForecastSpec#vanilla} and {@link
 * ForecastSpec#streaming}.
 *
 * <p>A token is {@code concat(values * observed, observed, features)}, embedded linearly; positions
 * enter; L blocks follow, and a norm where blocks norm first; two linear heads read quantiles and
 * mean of each horizon step. Token i's answer depends on tokens up to i only, with banded attention
 * on the last {@code L (W - 1) + 1} of them. The same definition serves training, which takes its
 * loss at every token, and export, which wants the last token only and computes no token that the
 * last one does not need.
 */
public final class Transformer {
    private final ForecastSpec spec;
    private final TransformerArchitecture architecture;
    private final ParameterLayout layout;

    /**
     * The transformer of a spec.
     *
     * @throws io.tickformer.spec.SpecException if the spec's architecture is foreign
     */
    public Transformer(ForecastSpec spec) {
        this.spec = spec;
        this.architecture = spec.transformer();
        this.layout = ParameterLayout.of(spec);
    }

    public ParameterLayout layout() {
        return layout;
    }

    /** The answer at every token, M = N: for training. */
    public Outputs forward(
            GraphBuilder g, Parameters parameters, TokenInputs inputs, Dropout dropout) {
        return forward(g, parameters, inputs, dropout, AttentionProbe.NONE);
    }

    /** The answer at every token, M = N, with a look at the attention weights. */
    public Outputs forward(
            GraphBuilder g,
            Parameters parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe) {
        return answer(g, parameters, inputs, dropout, probe, inputs.tokens());
    }

    /** The answer at the last token only, M = 1: for serving. */
    public Outputs forwardLast(GraphBuilder g, Parameters parameters, TokenInputs inputs) {
        return answer(g, parameters, inputs, Dropout.NONE, AttentionProbe.NONE, 1);
    }

    /**
     * The graph to export: inputs of {@link TokenInputs} with N of the spec and a symbolic batch;
     * outputs {@code quantiles [B,H,Q]} and {@code mean [B,H]} in the frame of the last token.
     *
     * @param flat the parameters, {@code layout().size()} of them
     */
    public Graph window(float[] flat) {
        GraphBuilder g = new GraphBuilder();
        TokenInputs inputs = TokenInputs.declare(g, spec, Dim.BATCH, spec.tokens());
        Outputs last = forwardLast(g, Parameters.initializers(g, layout, flat), inputs);
        g.output(Outputs.QUANTILES, g.squeeze(last.quantiles(), 1));
        g.output(Outputs.MEAN, g.squeeze(last.mean(), 1));
        return g.build();
    }

    private Outputs answer(
            GraphBuilder g,
            Parameters parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted) {
        SelfAttention attention = new SelfAttention(g, parameters, architecture, probe);
        Block block = new Block(g, parameters, architecture, attention, dropout);
        AttentionMask mask = new AttentionMask(g, architecture, inputs);

        Tensor z = embed(g, parameters, inputs, dropout);
        int tokens = inputs.tokens();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            int needed = neededAfter(layer, wanted, inputs.tokens());
            int first = inputs.tokens() - tokens;
            z = block.apply(layer, z, first, mask.allowed(needed, tokens));
            tokens = needed;
        }
        if (architecture.normPlacement() == NormPlacement.PRE) {
            z = new Norms(g, parameters, architecture.norm()).apply(ParameterLayout.FINAL_NORM, z);
        }
        return heads(g, parameters, z);
    }

    /** Tokens whose value after a layer the last {@code wanted} tokens depend on. */
    private int neededAfter(int layer, int wanted, int tokens) {
        int layersAbove = architecture.layers() - 1 - layer;
        if (architecture.attendsToAll()) {
            return layersAbove == 0 ? wanted : tokens;
        }
        return Math.min(tokens, wanted + layersAbove * (architecture.attentionWindow() - 1));
    }

    /** {@code [B,N,P] x 2, [B,N,C] -> [B,N,d]}. */
    private Tensor embed(
            GraphBuilder g, Parameters parameters, TokenInputs inputs, Dropout dropout) {
        Tensor known = g.mul(inputs.values(), inputs.observed());
        Tensor token = g.concat(-1, known, inputs.observed(), inputs.features());
        Tensor z = linear(g, token, parameters, ParameterLayout.EMBED, ParameterLayout.EMBED_BIAS);
        if (architecture.positions() == PositionEncoding.SINUSOIDAL) {
            z = Positions.addSinusoidal(g, z);
        }
        return dropout.apply("embed", z);
    }

    /** {@code [B,M,d] -> [B,M,H,Q] and [B,M,H]}. */
    private Outputs heads(GraphBuilder g, Parameters parameters, Tensor z) {
        Tensor quantiles =
                linear(g, z, parameters, ParameterLayout.QUANTILES, ParameterLayout.QUANTILES_BIAS);
        Shape byStep =
                Shape.of(
                        z.shape().dim(0),
                        z.shape().size(1),
                        spec.horizon(),
                        spec.quantileLevels().size());
        Tensor mean = linear(g, z, parameters, ParameterLayout.MEAN, ParameterLayout.MEAN_BIAS);
        return new Outputs(g.reshape(quantiles, byStep), mean);
    }

    private static Tensor linear(
            GraphBuilder g, Tensor x, Parameters parameters, String weight, String bias) {
        return g.add(g.matMul(x, parameters.get(weight)), parameters.get(bias));
    }
}
