package io.tickformer.model;

import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Shape;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.ConvolutionArchitecture;
import io.tickformer.spec.ForecastSpec;
import io.tickformer.spec.TransformerArchitecture.Norm;
import java.util.ArrayList;
import java.util.List;

/**
 * A causal convolutional network over the tokens of a series.
 *
 * <p>Each layer adds a dilated convolution to the residual stream: {@code z + gelu(conv(norm(z)))
 * W}, with K taps {@code dilation} tokens apart, the last one on the token itself (van den Oord et
 * al. 2016, section 2.1; residual branches as in Bai et al. 2018, section 3.3). The output at token
 * i depends only on the last {@code 1 + (K - 1) (sum of dilations)} tokens up to i. Absent tokens,
 * and tokens before the window, are zeros.
 *
 * <p>A convolution is computed as one matrix product over the concatenated taps: {@code [B,M,K d] x
 * [K d,d]}.
 */
final class ConvolutionNetwork implements Network {
    private final ForecastSpec spec;
    private final ConvolutionArchitecture architecture;
    private final EmbeddingAndHeads ends;
    private final ParameterLayout layout;

    ConvolutionNetwork(ForecastSpec spec, ConvolutionArchitecture architecture) {
        this.spec = spec;
        this.architecture = architecture;
        this.ends = new EmbeddingAndHeads(spec, architecture.width());
        this.layout = layOut();
    }

    private ParameterLayout layOut() {
        int d = architecture.width();
        double branch = 1 / Math.sqrt(architecture.layers());
        ParameterLayout all = new ParameterLayout();
        ends.addEmbedding(all);
        for (int layer = 0; layer < architecture.layers(); layer++) {
            all.norm(name(layer) + ".norm", d, Norm.RMS);
            all.linear(name(layer) + ".taps", architecture.kernelSize() * d, d, 1);
            all.add(name(layer) + ".bias", Shape.of(d), Initialisation.Repeated.ZERO);
            all.linear(name(layer) + ".output", d, d, branch);
        }
        all.norm(ParameterLayout.FINAL_NORM, d, Norm.RMS);
        ends.addHeads(all);
        return all;
    }

    private static String name(int layer) {
        return "convolution" + layer;
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
        Norms norms = new Norms(g, parameters, Norm.RMS);
        Tensor present = g.unsqueeze(inputs.present(), -1); // [B,N,1]
        Tensor z = dropout.apply("embed", ends.embed(g, parameters, inputs)); // [B,N,d]
        for (int layer = 0; layer < architecture.layers(); layer++) {
            String name = name(layer);
            Tensor before = z;
            int needed = neededAfter(layer, wanted, inputs.tokens());
            int dilation = architecture.dilations().get(layer);
            z =
                    g.scoped(
                            name,
                            () -> {
                                Tensor there = last(g, present, before.shape().size(1));
                                Tensor x = g.mul(norms.apply(name + ".norm", before), there);
                                Tensor taps = taps(g, x, dilation, needed);
                                Tensor sum =
                                        g.add(
                                                g.matMul(taps, parameters.get(name + ".taps")),
                                                parameters.get(name + ".bias"));
                                Tensor added =
                                        g.matMul(
                                                Activations.gelu(g, sum),
                                                parameters.get(name + ".output"));
                                return g.add(last(g, before, needed), dropout.apply(name, added));
                            });
        }
        return ends.heads(g, parameters, norms.apply(ParameterLayout.FINAL_NORM, z));
    }

    /** Number of tokens after a layer that the last {@code wanted} tokens depend on. */
    private int neededAfter(int layer, int wanted, int tokens) {
        long needed = wanted;
        for (int above = layer + 1; above < architecture.layers(); above++) {
            needed += (architecture.kernelSize() - 1L) * architecture.dilations().get(above);
        }
        return Math.toIntExact(Math.min(tokens, needed));
    }

    /**
     * Concatenates the K taps of each of the last {@code needed} tokens: {@code [B,M,d] -> [B,m,K
     * d]}.
     */
    private Tensor taps(GraphBuilder g, Tensor x, int dilation, int needed) {
        long furthest = (architecture.kernelSize() - 1L) * dilation;
        long missing = Math.max(0, needed + furthest - x.shape().size(1));
        Tensor padded = missing == 0 ? x : g.pad(x, 1, missing, 0);
        long end = padded.shape().size(1);
        List<Tensor> taps = new ArrayList<>();
        for (int tap = 0; tap < architecture.kernelSize(); tap++) {
            long age = (architecture.kernelSize() - 1L - tap) * dilation;
            taps.add(g.slice(padded, 1, end - age - needed, end - age));
        }
        return g.concat(-1, taps.toArray(Tensor[]::new));
    }

    private static Tensor last(GraphBuilder g, Tensor x, long count) {
        return SelfAttention.last(g, x, count);
    }
}
