package io.tickformer.model;

import io.tickformer.graph.FusedOp.BufferedAttention;
import io.tickformer.graph.FusedOp.RotaryEmbedding;
import io.tickformer.graph.GraphBuilder;
import io.tickformer.graph.Tensor;
import io.tickformer.spec.TransformerArchitecture;
import io.tickformer.spec.TransformerArchitecture.PositionEncoding;
import java.util.List;

/**
 * {@link SelfAttention} of one new token over itself and the cached keys and values of earlier
 * tokens. It also adds the keys and values of the new token to the cache.
 */
record IncrementalAttention(
        GraphBuilder g,
        ParameterTensors parameters,
        TransformerArchitecture architecture,
        IncrementalInputs inputs) {

    /**
     * Computes the attention of the new token.
     *
     * @param layer from 0; names the parameters
     * @param buffer index of the layer's keys and values in the cache
     * @param z {@code [B,1,d]}
     * @return {@code [B,1,d]}
     */
    Tensor apply(int layer, int buffer, Tensor z) {
        String name = Transformer.block(layer) + ".attention";
        int heads = architecture.heads();
        int width = architecture.headWidth();
        HeadPadding wide = new HeadPadding(g, heads, width, CacheLayout.wide(width));

        Tensor asked = g.matMul(z, wide.rotated(parameters.get(name + ".query")));
        Tensor q = rotate(g.mul(asked, 1 / Math.sqrt(width))); // [B,1,h w']
        Tensor k = rotate(g.matMul(z, wide.rotated(parameters.get(name + ".key"))));
        Tensor v = g.matMul(z, wide.plain(parameters.get(name + ".value")));
        List<Tensor> results =
                g.applyAll(
                        new BufferedAttention(heads),
                        List.of(
                                q,
                                k,
                                v,
                                inputs.keys().get(buffer),
                                inputs.values().get(buffer),
                                inputs.count(),
                                inputs.capacity()));
        g.output(IncrementalInputs.extended(IncrementalInputs.keys(buffer)), results.get(1));
        g.output(IncrementalInputs.extended(IncrementalInputs.values(buffer)), results.get(2));
        Tensor gathered = results.get(0); // [B,1,h w']
        return heads == 1
                ? g.slice(gathered, -1, 0, width)
                : g.matMul(gathered, wide.rows(parameters.get(name + ".output")));
    }

    private Tensor rotate(Tensor x) {
        return architecture.positions() == PositionEncoding.ROTARY
                ? g.apply(
                        new RotaryEmbedding(architecture.heads()),
                        x,
                        inputs.rotation(),
                        inputs.cosine(),
                        inputs.sine())
                : x;
    }
}
