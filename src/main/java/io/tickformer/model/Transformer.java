package io.tickformer.model;

import io.tickformer.annotation.Internal;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.NormPlacement;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;

/**
 * A causal transformer over the tokens of a series. It supports all options of {@link
 * TransformerArchitecture}, with the presets {@link ForecastSpec#vanilla} and {@link
 * ForecastSpec#streaming}.
 *
 * <p>{@link EmbeddingAndHeads} embeds the tokens and computes the forecasts. In between, the
 * position encoding is added, then follow L blocks, and a final norm if blocks are pre-norm. The
 * output at token i depends on tokens up to i only, with banded attention on the last {@code L (W -
 * 1) + 1} of them.
 *
 * <p>No parameter has a size that depends on the context length. Only the embedding and the heads
 * have biases. Single-head attention has no output projection, because the next matrix would absorb
 * it (Vaswani et al. 2017, section 3.2.2, projects concatenated heads only).
 */
@Internal
public final class Transformer implements Network {
    private final ForecastSpec spec;
    private final TransformerArchitecture architecture;
    private final EmbeddingAndHeads ends;
    private final ParameterLayout layout;

    /**
     * The transformer of a spec.
     *
     * @throws io.tickformer.spec.SpecException if the architecture of the spec is another one
     */
    public Transformer(ForecastSpec spec) {
        this.spec = spec;
        this.architecture = spec.transformer();
        this.ends = new EmbeddingAndHeads(spec, architecture.width());
        this.layout = layOut();
    }

    private ParameterLayout layOut() {
        ParameterLayout all = new ParameterLayout();
        ends.addEmbedding(all);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            addBlock(all, layer);
        }
        if (architecture.normPlacement() == NormPlacement.PRE) {
            all.norm(ParameterLayout.FINAL_NORM, architecture.width(), architecture.norm());
        }
        ends.addHeads(all);
        return all;
    }

    private void addBlock(ParameterLayout all, int layer) {
        int d = architecture.width();
        // Residual branches start small, so that the magnitude of the residual stream does not grow
        // with depth (Radford et al. 2019, section 2.3).
        double branch = 1 / Math.sqrt(2.0 * architecture.layers());
        String attention = block(layer) + ".attention";
        all.norm(attention + ".norm", d, architecture.norm());
        all.linear(attention + ".query", d, d, 1);
        all.linear(attention + ".key", d, d, 1);
        all.linear(attention + ".value", d, d, architecture.heads() > 1 ? 1 : branch);
        if (architecture.heads() > 1) {
            all.linear(attention + ".output", d, d, branch);
        }
        String feedForward = block(layer) + ".feedForward";
        all.norm(feedForward + ".norm", d, architecture.norm());
        all.linear(feedForward + ".expand", d, architecture.feedForwardWidth(), 1);
        all.linear(feedForward + ".contract", architecture.feedForwardWidth(), d, branch);
    }

    /** Prefix of the names of the parameters of a layer. */
    static String block(int layer) {
        return "block" + layer;
    }

    @Override
    public ForecastSpec spec() {
        return spec;
    }

    @Override
    public ParameterLayout layout() {
        return layout;
    }

    @Override
    public NetworkOutputs forward(
            GraphBuilder g,
            ParameterTensors parameters,
            TokenInputs inputs,
            Dropout dropout,
            AttentionProbe probe,
            int wanted) {
        SelfAttention attention = new SelfAttention(g, parameters, architecture, probe);
        TransformerBlock block = new TransformerBlock(g, parameters, architecture, dropout);
        AttentionMask mask = new AttentionMask(g, architecture.attentionWindow(), inputs);

        Tensor z = embed(g, parameters, inputs, dropout);
        int tokens = inputs.tokens();
        for (int layer = 0; layer < architecture.layers(); layer++) {
            int needed = neededAfter(layer, wanted, inputs.tokens());
            int first = inputs.tokens() - tokens;
            int current = layer;
            Tensor allowed = mask.allowed(needed, tokens);
            z = block.apply(layer, z, needed, x -> attention.apply(current, x, first, allowed));
            tokens = needed;
        }
        return heads(g, parameters, z);
    }

    @Override
    public NetworkOutputs forwardIncremental(
            GraphBuilder g, ParameterTensors parameters, IncrementalInputs inputs, int firstLayer) {
        IncrementalAttention attention =
                new IncrementalAttention(g, parameters, architecture, inputs);
        TransformerBlock block = new TransformerBlock(g, parameters, architecture, Dropout.NONE);
        Tensor z = ends.embed(g, parameters, inputs.token());
        for (int layer = 0; layer < architecture.layers(); layer++) {
            int current = layer;
            z = block.apply(layer, z, 1, x -> attention.apply(current, firstLayer + current, x));
        }
        return heads(g, parameters, z);
    }

    private NetworkOutputs heads(GraphBuilder g, ParameterTensors parameters, Tensor z) {
        boolean normed = architecture.normPlacement() == NormPlacement.PRE;
        Norms norms = new Norms(g, parameters, architecture.norm());
        return ends.heads(g, parameters, normed ? norms.apply(ParameterLayout.FINAL_NORM, z) : z);
    }

    /** Number of tokens after a layer that the last {@code wanted} tokens depend on. */
    private int neededAfter(int layer, int wanted, int tokens) {
        int layersAbove = architecture.layers() - 1 - layer;
        if (architecture.attendsToAll()) {
            return layersAbove == 0 ? wanted : tokens;
        }
        return Math.min(tokens, wanted + layersAbove * (architecture.attentionWindow() - 1));
    }

    /** {@code [B,N,C P] x 2, [B,N,G] -> [B,N,d]}. */
    private Tensor embed(
            GraphBuilder g, ParameterTensors parameters, TokenInputs inputs, Dropout dropout) {
        Tensor z = ends.embed(g, parameters, inputs);
        if (architecture.positions() == PositionEncoding.SINUSOIDAL) {
            z = Positions.addSinusoidal(g, z);
        }
        return dropout.apply("embed", z);
    }
}
